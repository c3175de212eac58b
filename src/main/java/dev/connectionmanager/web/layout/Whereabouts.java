package dev.connectionmanager.web.layout;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.registration.RegistrationSnapshot;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where somebody is in the portal, and which list they came from: for titles, the menu and links that lead back. */
@Named
@RequestScoped
public class Whereabouts {
    private static final String ID = "[0-9a-fA-F-]{36}";
    /** Lists, with what they are filtered by. No other page is led back to: a form that was sent would be shown again. */
    private static final Pattern LIST = Pattern.compile("/(search|teams|teams/" + ID + "(/requests|/members)?"
            + "|review/(requests|clients|endpoints|attestations|audit))(\\?[\\x21\\x23-\\x7e&&[^<>#\\\\]]*)?");

    private final CurrentVertxRequest current;
    private final Environments environments;
    private final String origin;

    Whereabouts(
            CurrentVertxRequest current,
            Environments environments,
            @ConfigProperty(name = "connection-manager.public-url") URI publicUrl) {
        this.current = current;
        this.environments = environments;
        origin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    /**
     * The list that the link to this page was followed from, as it was filtered. A path: it never leads to another site.
     *
     * @param otherwise where to go from anywhere else
     */
    public String back(String otherwise) {
        var request = current.getCurrent().request();
        var referrer = Objects.requireNonNullElse(request.getHeader(HttpHeaders.REFERER), "");
        var path = referrer.startsWith(origin + "/") ? referrer.substring(origin.length()) : "";
        return LIST.matcher(path).matches() && !path.split("\\?")[0].equals(request.path()) ? path : otherwise;
    }

    /** The same for a page about a client, from anywhere else that of its application. */
    public String backFrom(RegistrationSnapshot registered) {
        return back("/applications/" + registered.application().id());
    }

    /** Whether this page is that of the menu, or one below it. */
    public boolean at(String menu) {
        var path = current.getCurrent() == null
                ? ""
                : current.getCurrent().request().path();
        return path.equals(menu) || path.startsWith(menu + "/");
    }

    /** {@code Clinic app in Integration}. */
    public String client(RegistrationSnapshot registered) {
        return registered.application().details().name() + " in "
                + environments
                        .find(registered.registration().environment())
                        .map(Environment::name)
                        .orElse(registered.registration().environment());
    }
}
