package dev.connectionmanager.web.layout;

import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.Function;

/** Where a page of a list begins, as its address says. */
@ApplicationScoped
public class Cursors {
    private final SecretVault vault;

    Cursors(SecretVault vault) {
        this.vault = vault;
    }

    /**
     * @param cursor {@code null} = from the beginning
     * @param list reads a cursor of the list; {@code null} for the beginning
     * @throws Refusal.NotFound for an address that somebody has shortened or made up: there is no such page
     */
    public static <T> T position(String cursor, Function<String, T> list) {
        try {
            return list.apply(cursor);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound();
        }
    }

    /**
     * The same page, with a cursor that tells nobody what it holds: for a list whose positions are personal, since addresses end up in
     * histories and logs. Every node reads it, and after a restart too.
     *
     * @param list what it is good for: no other list's name
     */
    public <T> Page<T> sealed(Page<T> page, String list) {
        return page.nextCursor() == null
                ? page
                : new Page<>(
                        page.items(),
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(vault.seal(page.nextCursor(), owner(list))));
    }

    /** As {@link #position}, of a cursor that {@link #sealed} has made for this list. */
    public <T> T opened(String cursor, String list, Function<String, T> reading) {
        return position(cursor, sent -> reading.apply(sent == null ? null : open(sent, list)));
    }

    private String open(String cursor, String list) {
        try {
            return vault.open(Base64.getUrlDecoder().decode(cursor), owner(list));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cursor", e);
        }
    }

    private static String owner(String list) {
        return "cursor of the page " + list;
    }
}
