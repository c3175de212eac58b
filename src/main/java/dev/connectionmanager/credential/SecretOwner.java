package dev.connectionmanager.credential;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Whom a sealed secret belongs to. */
record SecretOwner(String clientId, UUID secretId, String environment) {
    byte[] associatedData() {
        // None of the three can contain a line break, so no two owners give the same text.
        return String.join("\n", clientId, secretId.toString(), environment).getBytes(StandardCharsets.UTF_8);
    }
}
