package dev.connectionmanager.credential;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;

/** The portal's client secrets, as a node with another keyset sees them. */
public final class OtherKeyset {
    private final SecretVault vault;

    public OtherKeyset(String keyset) throws GeneralSecurityException, IOException {
        vault = new SecretVault(keyset);
    }

    public SecretVault vault() {
        return vault;
    }

    public ClientSecrets secrets() {
        return new ClientSecrets(new ClientSecrets.Store(), vault, Clock.systemUTC());
    }

    /** @param sealed in hex, as the database has it */
    public String open(String sealed, String clientId, String secretId, String environment)
            throws GeneralSecurityException {
        var owner = new SecretOwner(clientId, UUID.fromString(secretId), environment);
        return vault.open(HexFormat.of().parseHex(sealed), owner);
    }

    /** In hex: how all begins that the primary key sealed. */
    public String primaryPrefix() {
        return HexFormat.of().formatHex(vault.primaryPrefix());
    }
}
