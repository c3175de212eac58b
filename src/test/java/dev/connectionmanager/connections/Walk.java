package dev.connectionmanager.connections;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a person: it follows redirects, presses the one button of a form, and tells the mock who logs in. */
final class Walk {
    private static final int CIRCLES = -1;
    /** Of the user {@code aal3-one-role}. */
    private static final String ROLE = "555200320001";

    private static final int MOST_STEPS = 12;
    /** Longer than this nobody looks at an empty page. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Pattern FORM = Pattern.compile(
            "<form[^>]*action=\"([^\"]*)\"[^>]*method=\"post\"[^>]*>(.*?)</form>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern FORM_BY_METHOD = Pattern.compile(
            "<form[^>]*method=\"post\"[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern FIELD =
            Pattern.compile("<input[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI application;
    private final String issuer;

    Walk(int port, String issuer) {
        this.application = URI.create("http://localhost:" + port + "/");
        this.issuer = issuer;
    }

    /**
     * Where a walk ended.
     *
     * @param status of the last answer; 0 where none came in time, negative where it led back to the log-in again and again
     * @param body of the last answer
     */
    record End(int status, String body) {
        /** The applications show whom they let in, as JSON. */
        boolean loggedIn() {
            return status == 200 && body.strip().startsWith("{") && body.contains("\"sub\"");
        }

        /** Whether the application has read who the person is in UserInfo: a role of theirs. */
        boolean knowsRoles() {
            return body.contains(ROLE);
        }

        @Override
        public String toString() {
            return status + " " + body.substring(0, Math.min(300, body.length()));
        }
    }

    /** @param user log-in name, and behind an at sign what the mock is to do wrong */
    End logIn(String user) throws IOException, InterruptedException {
        var request = asked(application).build();
        try {
            for (int step = 0; step < MOST_STEPS; step++) {
                var answer = browser.send(request, BodyHandlers.ofString());
                var next = next(answer, user);
                if (next == null) {
                    return new End(answer.statusCode(), answer.body());
                }
                request = next;
            }
            return new End(CIRCLES, "It goes round in circles.");
        } catch (HttpTimeoutException e) {
            return new End(0, "No answer came.");
        }
    }

    /** Whether the application, asked for a page, sends a browser of this walk to log in. */
    boolean isLoggedOut() throws IOException, InterruptedException {
        var answer = browser.send(asked(application).build(), BodyHandlers.ofString());
        return !new End(answer.statusCode(), answer.body()).loggedIn();
    }

    /** As browsers ask for pages: some applications send only those to log in. */
    private static HttpRequest.Builder asked(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "text/html,application/xhtml+xml,*/*");
    }

    private HttpRequest next(HttpResponse<String> answer, String user) {
        var location = answer.headers().firstValue("Location");
        if (answer.statusCode() / 100 == 3 && location.isPresent()) {
            var to = answer.uri().resolve(location.get());
            if (to.toString().startsWith(issuer + "/authorize")) {
                to = URI.create(to + "&login_hint=" + encoded(user));
            }
            return asked(to).build();
        }
        // The mock's own pages are no step of an application.
        return answer.statusCode() == 200 && !answer.uri().toString().startsWith(issuer) ? press(answer) : null;
    }

    private static HttpRequest press(HttpResponse<String> answer) {
        var form = FORM.matcher(answer.body());
        if (!form.find()) {
            form = FORM_BY_METHOD.matcher(answer.body());
            if (!form.find()) {
                return null;
            }
        }
        var fields = FIELD.matcher(form.group(2))
                .results()
                .map(field -> encoded(field.group(1)) + "=" + encoded(field.group(2)))
                .collect(Collectors.joining("&"));
        return asked(answer.uri().resolve(form.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
