package dev.connectionmanager.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVaultTest {
    private static final String SECRET = "50a6122b-6907-4a13-948e-f31d4c4714d5";
    private static final SecretOwner OWNER =
            new SecretOwner("123456789012.apps.supplier", UUID.randomUUID(), "integration");

    @Test
    void opensWhatItSealed() throws Exception {
        var vault = new SecretVault(Keysets.fresh());
        var sealed = vault.seal(SECRET, OWNER);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("6907");
        assertThat(vault.open(sealed, OWNER)).isEqualTo(SECRET);
    }

    @Test
    void doesNotOpenARowCopiedToAnotherClientSecretOrEnvironment() throws Exception {
        var vault = new SecretVault(Keysets.fresh());
        var sealed = vault.seal(SECRET, OWNER);
        for (var other : new SecretOwner[] {
            new SecretOwner("999999999999.apps.supplier", OWNER.secretId(), OWNER.environment()),
            new SecretOwner(OWNER.clientId(), UUID.randomUUID(), OWNER.environment()),
            new SecretOwner(OWNER.clientId(), OWNER.secretId(), "production")
        }) {
            assertThatThrownBy(() -> vault.open(sealed, other)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void doesNotOpenWithAnotherKeyset() throws Exception {
        var sealed = new SecretVault(Keysets.fresh()).seal(SECRET, OWNER);
        var other = new SecretVault(Keysets.fresh());
        assertThatThrownBy(() -> other.open(sealed, OWNER)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void readsItsKeysetFromAFileToo(@TempDir Path directory) throws Exception {
        var keyset = Keysets.fresh();
        var file = Files.writeString(directory.resolve("keyset.json"), keyset);
        var sealed = new SecretVault(keyset).seal(SECRET, OWNER);
        assertThat(new SecretVault(file.toString()).open(sealed, OWNER)).isEqualTo(SECRET);
    }

    @Test
    void goesOnOpeningWhatThePrimaryKeyBeforeSealed() throws Exception {
        var old = Keysets.fresh();
        var rotated = new SecretVault(Keysets.withNewPrimary(old));
        var before = new SecretVault(old);
        var sealed = before.seal(SECRET, OWNER);
        assertThat(rotated.open(sealed, OWNER)).isEqualTo(SECRET);
        assertThat(sealed).startsWith(before.primaryPrefix());
        assertThat(rotated.seal(SECRET, OWNER)).startsWith(rotated.primaryPrefix());
        assertThat(rotated.primaryPrefix()).hasSize(5).isNotEqualTo(before.primaryPrefix());
    }
}
