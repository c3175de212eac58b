package dev.connectionmanager.session;

import dev.connectionmanager.credential.SecretVault;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps forms that were refused, sealed, for the session that sent them: for an hour, at most {@value #MOST} of one session
 * (the oldest makes room), and no longer than the session itself.
 */
@ApplicationScoped
public class RefusedForms {
    static final Duration KEPT = Duration.ofHours(1);
    static final int MOST = 20;

    private static final String FORGET_OLD = """
            delete from refused_form where id in (select id from refused_form where kept_at <= :old
                limit 1000 for update skip locked)""";

    private static final String MAKE_ROOM = """
            delete from refused_form where id in (select id from refused_form where session_id = :session
                order by kept_at desc, id offset :most for update skip locked)""";

    private final Store store;
    private final SecretVault vault;
    private final Clock clock;

    RefusedForms(Store store, SecretVault vault, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Keeps a form, and forgets old ones in passing.
     *
     * @param session as {@link Sessions#of} names it
     * @param content what was typed and why it was refused, as the edge wrote it; holds no secret
     * @return the key to find it by
     */
    @Transactional
    public UUID keep(String session, String content) {
        forgetOld();
        var id = UUID.randomUUID();
        store.persistAndFlush(new SealedForm(id, session, vault.seal(content, owner(session, id)), clock.instant()));
        store.getEntityManager()
                .createNativeQuery(MAKE_ROOM)
                .setParameter("session", session)
                .setParameter("most", MOST)
                .executeUpdate();
        return id;
    }

    /** @return the content; empty for a key of another session, an unknown one, and one that is too old */
    @Transactional
    public Optional<String> find(String session, UUID id) {
        return store.find("id = ?1 and sessionId = ?2 and keptAt > ?3", id, session, old())
                .firstResultOptional()
                .flatMap(form -> opened(form, owner(session, id)));
    }

    /** In the caller's transaction. Rows that another node is forgetting just now are left to it. */
    void forgetOld() {
        store.getEntityManager()
                .createNativeQuery(FORGET_OLD)
                .setParameter("old", old())
                .executeUpdate();
    }

    private Instant old() {
        return clock.instant().minus(KEPT);
    }

    /** Empty after the keyset was changed for another, or a row for another's. */
    private Optional<String> opened(SealedForm form, String owner) {
        try {
            return Optional.of(vault.open(form.content(), owner));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static String owner(String session, UUID id) {
        return "refused form " + id + " of session " + session;
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<SealedForm, UUID> {}
}
