package dev.connectionmanager.credential;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Client secrets in use: what a client has sent is tried against them, and that one was good is noted. */
@ApplicationScoped
public class SecretUses {
    private final SecretVault vault;
    private final Clock clock;

    SecretUses(SecretVault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Tries secrets of one client. Each is opened for the test alone and kept nowhere.
     *
     * @param test is given a secret in clear, and must neither keep nor tell it
     * @return the id of the first that passes
     */
    public Optional<UUID> first(
            List<SealedSecret> sealed, String clientId, String environment, Predicate<String> test) {
        return sealed.stream()
                .filter(one -> test.test(open(one, new SecretOwner(clientId, one.id(), environment))))
                .map(SealedSecret::id)
                .findFirst();
    }

    private String open(SealedSecret sealed, SecretOwner owner) {
        try {
            return vault.open(sealed.ciphertext(), owner);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A client secret cannot be opened with the keyset", e);
        }
    }

    /**
     * Which of these texts are secrets that work now.
     *
     * @param texts as secrets are issued: GUIDs in lower case
     */
    public Set<String> working(Connection database, Collection<String> texts) throws SQLException {
        var known = new HashMap<ByteBuffer, String>();
        texts.forEach(text -> vault.fingerprintsOf(text).forEach(made -> known.put(ByteBuffer.wrap(made), text)));
        try (var query = database.prepareStatement("""
                select fingerprint from client_secret
                where fingerprint = any (?) and revoked_at is null and (expires_at is null or expires_at > ?)""")) {
            query.setArray(
                    1,
                    database.createArrayOf(
                            "bytea",
                            known.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new)));
            query.setObject(2, now());
            try (var rows = query.executeQuery()) {
                var found = new HashSet<String>();
                while (rows.next()) {
                    found.add(known.get(ByteBuffer.wrap(rows.getBytes(1))));
                }
                return found;
            }
        }
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Notes, to the minute, that a client got into the mock authorisation service with this secret. */
    public void usedInMock(Connection database, UUID secretId) throws SQLException {
        try (var update = database.prepareStatement("""
                update client_secret set last_used_in_mock_at = ?
                where id = ? and (last_used_in_mock_at is null or last_used_in_mock_at < ?)""")) {
            var now = now();
            update.setObject(1, now);
            update.setObject(2, secretId);
            update.setObject(3, now.minusMinutes(1));
            update.executeUpdate();
        }
    }
}
