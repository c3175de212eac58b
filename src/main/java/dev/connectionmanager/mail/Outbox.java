package dev.connectionmanager.mail;

import dev.connectionmanager.audit.AuditEntry;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.json.StoredJson;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Where letters are posted, and what becomes of them. */
@ApplicationScoped
public class Outbox {
    /** After so long without success an email is given up; RFC 5321 section 4.5.4.1 has at least 4 to 5 days. */
    static final Duration PATIENCE = Duration.ofDays(5);
    /** How long an email is kept that is sent or given up. */
    static final Duration KEPT = Duration.ofDays(30);
    /** Before all letters' turns. */
    static final String FIRST_TURN = "";

    /** Stands where nobody gets a letter; it is given up at once. */
    private static final String NOBODY = "";

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String WAITING = "sentAt is null and givenUpAt is null";

    private final Store store;
    private final LetterWriter writer;
    private final TokenSeal seal;
    private final AuditTrail trail;
    private final Clock clock;
    private final List<String> operators;

    Outbox(Store store, LetterWriter writer, TokenSeal seal, AuditTrail trail, Clock clock, MailSettings settings) {
        this.store = store;
        this.writer = writer;
        this.seal = seal;
        this.trail = trail;
        this.clock = clock;
        this.operators = settings.operators().orElse(List.of());
    }

    /**
     * Posts a letter in the caller's transaction: it is sent when that commits, and never when it rolls back.
     *
     * @param recipients email addresses; each gets an email of its own, once, however it is spelled
     * @throws IllegalArgumentException when the letter cannot be put into words: its code has no sentences, or an
     *     argument is missing
     */
    @Transactional(TxType.MANDATORY)
    public void post(Letter letter, Collection<String> recipients) {
        writer.write(letter);
        recipients.stream()
                .collect(Collectors.toMap(to -> to.toLowerCase(Locale.ROOT), to -> to, (a, b) -> a))
                .values()
                .forEach(recipient -> {
                    var mail = new Mail(letter, recipient, clock.instant());
                    mail.seal(seal);
                    store.persist(mail);
                });
    }

    /** The same; of those who do not know what it names, each gets an email whose subject pretends nothing. */
    @Transactional(TxType.MANDATORY)
    public void post(Letter letter, Recipients recipients) {
        post(letter, recipients.members());
        post(letter.forStrangers(), recipients.strangers());
    }

    /**
     * Posts a letter to strangers so that nobody can tell, by how much is done, whether there is anybody to get it: CWE-204,
     * CWE-208.
     */
    @Transactional(TxType.MANDATORY)
    public void postUnseen(Letter letter, Collection<String> strangers) {
        var shown = letter.forStrangers();
        writer.write(shown);
        store.insert(shown, strangers.isEmpty() ? List.of(NOBODY) : strangers, clock.instant());
    }

    /** A letter as it is sent: with the one-time link that the database does not show. */
    public Letter opened(Mail mail) {
        var letter = mail.letter();
        return mail.sealedToken()
                .map(text -> letter.with(Letter.TOKEN, seal.open(text, mail.id())))
                .orElse(letter);
    }

    /** The same, to the mailbox that the operators share. */
    @Transactional(TxType.MANDATORY)
    public void postToOperators(Letter letter) {
        post(letter, operators);
    }

    /** The newest mails, whatever became of them, newest first. */
    public List<Mail> latest(int limit) {
        return store.find("recipient <> '' order by createdAt desc, id desc")
                .page(0, limit)
                .list();
    }

    public Optional<Mail> find(UUID id) {
        return store.findByIdOptional(id);
    }

    /**
     * Takes an email that is due, for this node alone: nobody else sees it as due before the returned mail's next attempt,
     * which is 2 minutes away at first and half an hour at most. Each kind of letter of each team has its turn.
     *
     * @param after whose turn it was before
     * @param share a team that had so many letters of one kind within an hour waits for more of that kind
     */
    @Transactional(TxType.REQUIRES_NEW)
    @ActivateRequestContext
    Optional<Mail> take(Instant now, String after, int share) {
        return store.take(now, after, share).or(() -> store.take(now, FIRST_TURN, share));
    }

    /** How many mails are due, but are more than their team's share of the hour. */
    @ActivateRequestContext
    long heldBack(Instant now, int share) {
        return store.heldBack(now, share);
    }

    /**
     * Tells that a server took the email over. Its content is not needed any more, and a link in it must not stay readable.
     *
     * @param keepContent in local mode, whose mailbox shows it
     */
    @Transactional(TxType.REQUIRES_NEW)
    @ActivateRequestContext
    void sent(Mail mail, Instant now, boolean keepContent) {
        var marked = store.update("sentAt = ?1, givenUpAt = null where id = ?2 and sentAt is null", now, mail.id());
        if (marked == 0) {
            return;
        }
        if (!keepContent) {
            store.update("arguments = ?1 where id = ?2", Map.of(), mail.id());
        }
        trace(mail, "mail-sent");
    }

    /** Tells that a server will never take the email over. */
    @Transactional(TxType.REQUIRES_NEW)
    @ActivateRequestContext
    boolean giveUp(Mail mail, Instant now) {
        return givenUp(mail, now);
    }

    /** Another node may do the same now, and then it is that one's to tell. */
    private boolean givenUp(Mail mail, Instant now) {
        var marked =
                store.update("givenUpAt = ?1, arguments = ?2 where id = ?3 and " + WAITING, now, Map.of(), mail.id());
        if (marked == 1) {
            trace(mail, "mail-given-up");
        }
        return marked == 1;
    }

    private void trace(Mail mail, String act) {
        var letter = mail.letter();
        trail.write(new AuditEntry(
                "portal",
                "Connection Manager",
                "portal",
                letter.teamId(),
                act,
                "mail",
                mail.id().toString(),
                null,
                null,
                Map.of("code", letter.code(), "recipient", mail.recipient())));
    }

    /** Gives up what could not be sent for too long, and forgets what is old. Returns what was given up. */
    @Transactional(TxType.REQUIRES_NEW)
    @ActivateRequestContext
    List<Mail> tidy(Instant now) {
        var old = store.list(WAITING + " and createdAt < ?1", now.minus(PATIENCE));
        var givenUp = old.stream().filter(mail -> givenUp(mail, now)).toList();
        store.delete("createdAt < ?1 and (sentAt is not null or givenUpAt is not null)", now.minus(KEPT));
        return givenUp;
    }

    /** How many mails wait to be sent. */
    @ActivateRequestContext
    long waiting() {
        return store.count(WAITING);
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<Mail, UUID> {
        private static final String DUE = "sent_at is null and given_up_at is null and next_attempt_at <= :now";
        private static final String USED_UP =
                "(select turn from mail where team_id is not null and coalesce(sent_at, given_up_at) > :hour"
                        + " group by turn having count(*) >= :share)";

        Optional<Mail> take(Instant now, String after, int share) {
            return getEntityManager()
                    .createNativeQuery("""
                            update mail set attempts = attempts + 1,
                                next_attempt_at = cast(:now as timestamptz)
                                    + least(power(2, least(attempts + 1, 10)), 30) * interval '1 minute'
                            where id = (select id from mail where %s and turn > :after and turn not in %s
                                order by turn, next_attempt_at limit 1 for update skip locked)
                            returning *""".formatted(DUE, USED_UP), Mail.class)
                    .setParameter("now", now)
                    .setParameter("hour", now.minus(HOUR))
                    .setParameter("share", share)
                    .setParameter("after", after)
                    .getResultList()
                    .stream()
                    .map(Mail.class::cast)
                    .findFirst();
        }

        /** Any number of mails by one statement; of a letter without a one-time link. */
        void insert(Letter letter, Collection<String> recipients, Instant now) {
            getEntityManager()
                    .createNativeQuery("""
                            insert into mail (id, code, team_id, recipient, arguments, page, created_at, next_attempt_at,
                                given_up_at)
                            select gen_random_uuid(), :code, :team, r, case when r = :nobody then '{}' else :arguments end,
                                :page, :now, :now, case when r = :nobody then cast(:now as timestamptz) end
                            from unnest(cast(:recipients as text[])) r""")
                    .setParameter("code", letter.code())
                    .setParameter("team", letter.teamId())
                    .setParameter("nobody", NOBODY)
                    .setParameter("arguments", StoredJson.write(letter.arguments()))
                    .setParameter("page", letter.page())
                    .setParameter("now", now)
                    .setParameter("recipients", recipients.toArray(String[]::new))
                    .executeUpdate();
        }

        long heldBack(Instant now, int share) {
            return (Long) getEntityManager()
                    .createNativeQuery(
                            "select count(*) from mail where %s and turn in %s".formatted(DUE, USED_UP), Long.class)
                    .setParameter("now", now)
                    .setParameter("hour", now.minus(HOUR))
                    .setParameter("share", share)
                    .getSingleResult();
        }
    }
}
