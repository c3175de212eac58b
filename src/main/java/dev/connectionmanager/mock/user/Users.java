package dev.connectionmanager.mock.user;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who can log in at an issuer: those that every one has, and a test's own. */
@Singleton
public class Users {
    private final BuiltInUsers builtIn;
    private final OwnUsers own;

    Users(BuiltInUsers builtIn, OwnUsers own) {
        this.builtIn = builtIn;
        this.own = own;
    }

    /** @param issuer empty for the public one */
    public List<MockUser> all(String issuer) {
        return issuer.isEmpty()
                ? builtIn.all()
                : Stream.concat(own.all(issuer).stream(), builtIn.all().stream())
                        .toList();
    }

    /** @param hint their log-in name, UUID or e-mail address */
    public Optional<MockUser> named(String issuer, String hint) {
        return issuer.isEmpty()
                ? builtIn.named(hint)
                : all(issuer).stream().filter(user -> user.isNamed(hint)).findFirst();
    }
}
