package dev.connectionmanager.mock;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the mock authorisation service is on, and where. */
@Named
@Singleton
public class MockSettings {
    /** Under which all of its paths are. */
    public static final String ROOT = "/mock";

    /** What a request carries about where it comes from: by this name, the network of its address. */
    public static final String NETWORK = "mock.network";

    /** By this name, how it gives its place to others before it ends. */
    public static final String LEAVE = "mock.leave";

    private static final Pattern URL = Pattern.compile("https?://[^/?#@]+(?:/[A-Za-z0-9._~-]+)*");

    private final boolean enabled;
    private final boolean local;
    private final URI issuer;
    private final URI portal;

    /**
     * @param local whether this is somebody's own computer
     * @param issuer where it is; on the portal's host, or on one of its own
     */
    MockSettings(
            @ConfigProperty(name = "connection-manager.mock.enabled") boolean enabled,
            @ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local,
            @ConfigProperty(name = "connection-manager.mock.url") URI issuer,
            @ConfigProperty(name = "connection-manager.public-url") URI portal) {
        var onPortal =
                issuer.getRawAuthority() != null && issuer.getRawAuthority().equals(portal.getRawAuthority());
        if (!URL.matcher(issuer.toString()).matches() || onPortal && !ROOT.equals(issuer.getRawPath())) {
            throw new IllegalArgumentException(
                    "connection-manager.mock.url must be an http or https address without a slash at its end, and on the portal's own host end with "
                            + ROOT + ": " + issuer);
        }
        this.enabled = enabled;
        this.local = local;
        this.issuer = issuer;
        this.portal = portal;
    }

    public boolean enabled() {
        return enabled;
    }

    public boolean local() {
        return local;
    }

    /** The public issuer, exactly as tokens name it. */
    public String issuer() {
        return issuer.toString();
    }

    /** Where the portal is, without a slash at its end. */
    public String portal() {
        return portal.toString();
    }

    /** What its paths begin with as browsers have them; within the portal that is always {@link #ROOT}. */
    public String base() {
        return issuer.getRawPath();
    }

    /** Whether browsers may send its cookies over HTTPS only. */
    public boolean https() {
        return "https".equals(issuer.getScheme());
    }

    /** Whether it has a host of its own, which then answers nothing else. */
    public boolean apart() {
        return !issuer.getRawAuthority().equals(portal.getRawAuthority());
    }

    /** The host of its own, with its port where that is none of its scheme's. */
    public String authority() {
        return issuer.getRawAuthority();
    }
}
