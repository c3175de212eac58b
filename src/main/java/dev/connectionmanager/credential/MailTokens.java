package dev.connectionmanager.credential;

import dev.connectionmanager.mail.TokenSeal;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

/** Keeps the links that let somebody in from whoever reads the database while their mails wait. */
@ApplicationScoped
class MailTokens implements TokenSeal {
    private final SecretVault vault;

    MailTokens(SecretVault vault) {
        this.vault = vault;
    }

    @Override
    public String seal(String token, UUID mail) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(token, owner(mail)));
    }

    @Override
    public String open(String sealed, UUID mail) {
        try {
            return vault.open(Base64.getUrlDecoder().decode(sealed), owner(mail));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The link of mail " + mail + " cannot be decrypted", e);
        }
    }

    private static String owner(UUID mail) {
        return "mail-token:" + mail;
    }
}
