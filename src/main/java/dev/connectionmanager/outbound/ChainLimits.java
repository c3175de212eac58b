package dev.connectionmanager.outbound;

import java.util.Map;

/**
 * How much of a presented chain the JDK lets through: 10 certificates by default, and 32 KiB. So many are well within what
 * the rules on chains judge, and what they refuse is then told as what it is. The JDK reads these settings once, when TLS
 * is first used, and has them for the whole process only.
 */
public final class ChainLimits {
    private static final String MOST = "100";
    private static final Map<String, String> SETTINGS = Map.of(
            "jdk.tls.maxCertificateChainLength", MOST,
            // The name since it was split in two for clients and servers.
            "jdk.tls.client.maxInboundCertificateChainLength", MOST,
            "jdk.tls.maxHandshakeMessageSize", Integer.toString(128 * 1024));

    private ChainLimits() {}

    /** To be called before anything uses TLS. What somebody has set on the command line stays. */
    public static void raise() {
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
