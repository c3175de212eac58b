package dev.connectionmanager.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How mail leaves the portal. Without a sender it does not: mails wait in the outbox. */
@ConfigMapping(prefix = "connection-manager.mail")
interface MailSettings {
    /** The sender, such as {@code Connection Manager <portal@example.org>}. */
    Optional<String> from();

    /** The mailboxes that the operators share. */
    Optional<List<String>> operators();

    /** The SMTP server. */
    @WithDefault("localhost")
    String host();

    /** Default: 465 for TLS from the start, else 25. */
    OptionalInt port();

    @WithDefault("starttls")
    Tls tls();

    /** The TLS configuration of Quarkus that says which certificates are trusted; default: the JVM's. */
    Optional<String> tlsConfigurationName();

    Optional<String> username();

    Optional<String> password();

    /** Mail may hold a link that lets somebody in: it is not sent in clear unless an operator says so. */
    enum Tls {
        /** Required: nothing is sent without it. */
        STARTTLS,
        /** From the start: RFC 8314 section 3.3. */
        IMPLICIT,
        /** STARTTLS where the server has it. */
        OPTIONAL
    }
}
