package dev.connectionmanager.mail;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A server on loopback, without log-in. */
record TestSettings(
        Optional<String> from,
        OptionalInt port,
        Tls tls,
        Optional<String> username,
        Optional<String> tlsConfigurationName)
        implements MailSettings {
    static TestSettings of(String from, int port, Tls tls) {
        return new TestSettings(
                Optional.ofNullable(from), OptionalInt.of(port), tls, Optional.empty(), Optional.empty());
    }

    TestSettings as(String username) {
        return new TestSettings(from, port, tls, Optional.of(username), tlsConfigurationName);
    }

    /** With the certificates of this TLS configuration of the portal. */
    TestSettings trusting(String configuration) {
        return new TestSettings(from, port, tls, username, Optional.of(configuration));
    }

    @Override
    public Optional<List<String>> operators() {
        return Optional.of(List.of("operators@manager.example"));
    }

    @Override
    public String host() {
        return "localhost";
    }

    @Override
    public Optional<String> password() {
        return username.map(name -> "password of " + name);
    }
}
