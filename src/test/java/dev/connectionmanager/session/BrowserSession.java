package dev.connectionmanager.session;

import dev.connectionmanager.testing.Persons;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A log-in in one browser, and copies of its cookie in the hands of somebody else. */
final class BrowserSession {
    private final HttpClient browser;

    private BrowserSession(HttpClient browser) {
        this.browser = browser;
    }

    static BrowserSession of(String user) {
        return new BrowserSession(Persons.browser(user));
    }

    HttpClient browser() {
        return browser;
    }

    String cookie() {
        return stored().getValue();
    }

    /** As the portal has told the browser. */
    Duration cookieLifetime() {
        return Duration.ofSeconds(stored().getMaxAge());
    }

    private HttpCookie stored() {
        return ((CookieManager) browser.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals("q_session"))
                        .findFirst()
                        .orElseThrow();
    }

    boolean holds() {
        return holds(cookie());
    }

    /** Whether this cookie alone opens a page that needs a log-in. */
    static boolean holds(String cookie) {
        return ask("/teams", cookie).statusCode() == 200;
    }

    static HttpResponse<String> ask(String path, String cookie) {
        return Persons.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(Persons.address() + path))
                        .header("Cookie", "q_session=" + cookie)
                        .build());
    }
}
