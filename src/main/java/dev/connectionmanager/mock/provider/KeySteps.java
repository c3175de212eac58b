package dev.connectionmanager.mock.provider;

import com.nimbusds.jose.jwk.JWK;
import dev.connectionmanager.mock.MockDatabase;
import jakarta.inject.Singleton;

/** How an issuer changes its key, step by step: published before it is used, withdrawn after it was replaced. */
@Singleton
public class KeySteps {
    private final MockDatabase database;
    private final IssuerKeys keys;

    KeySteps(MockDatabase database, IssuerKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** The first key of a new issuer. */
    public void begin(Issuer issuer, JWK key) {
        keys.add(issuer, IssuerKeys.RSA, key, "USED");
    }

    public void publish(Issuer issuer, JWK key) {
        keys.add(issuer, IssuerKeys.RSA, key, "PUBLISHED");
    }

    /**
     * From now on the one that was published last signs; the one before stays published.
     *
     * @return false where none is published that was not used yet
     */
    public boolean use(Issuer issuer) {
        return database.transaction(connection -> {
            try (var next = MockDatabase.prepare(
                            connection,
                            "select kid from mock_key where issuer = ? and family = ? and state = 'PUBLISHED'"
                                    + " order by made_at desc limit 1 for update",
                            issuer.id(),
                            IssuerKeys.RSA);
                    var row = next.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                database.update(
                        "update mock_key set state = 'REPLACED' where issuer = ? and family = ? and state = 'USED'",
                        issuer.id(),
                        IssuerKeys.RSA);
                database.update(
                        "update mock_key set state = 'USED' where issuer = ? and kid = ?",
                        issuer.id(),
                        row.getString(1));
                return true;
            }
        });
    }

    /** @return false where none was replaced */
    public boolean withdraw(Issuer issuer) {
        return database.update("delete from mock_key where issuer = ? and state = 'REPLACED'", issuer.id()) > 0;
    }
}
