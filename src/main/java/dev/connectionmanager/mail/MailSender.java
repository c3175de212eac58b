package dev.connectionmanager.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends what is in the outbox, by the clock: no request waits for an SMTP server. Every node does so, one mail
 * after another, each taken by one node only. In local mode the mailbox page is where mails arrive.
 */
@Singleton
public class MailSender {
    private static final Logger LOG = Logger.getLogger(MailSender.class);
    /** What a team may get of one kind of letter in an hour: whoever does something again and again fills no mailbox. */
    static final int SHARE = 200;

    private static final Duration STOPPING = Duration.ofSeconds(5);
    private static final String METRICS = "connection_manager.mail.";

    private final Outbox outbox;
    private final LetterWriter writer;
    private final Smtp smtp;
    private final MeterRegistry meters;
    private final Clock clock;
    private final boolean local;
    private final boolean operatorsKnown;
    private final int share;
    private final AtomicLong waiting;
    private final AtomicLong heldBack;
    private String turn = Outbox.FIRST_TURN;
    /** What was logged last of a server that takes nothing: it is not said again for each mail. */
    private String trouble = "";

    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean stopping;

    @Inject
    MailSender(
            Outbox outbox,
            LetterWriter writer,
            Smtp smtp,
            MeterRegistry meters,
            Clock clock,
            @ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local,
            MailSettings settings) {
        this.outbox = outbox;
        this.writer = writer;
        this.smtp = smtp;
        this.meters = meters;
        this.clock = clock;
        this.local = local;
        this.operatorsKnown = settings.operators().isPresent();
        this.share = local ? Integer.MAX_VALUE : SHARE;
        this.waiting = meters.gauge(METRICS + "waiting", new AtomicLong());
        this.heldBack = meters.gauge(METRICS + "held_back", new AtomicLong());
        // There from the start, so that an alert on them needs no first failure.
        meters.counter(METRICS + "sent");
        meters.counter(METRICS + "not_accepted");
        meters.counter(METRICS + "given_up");
    }

    void start(@Observes StartupEvent starting) {
        if (!local && !smtp.configured()) {
            LOG.warn(
                    "Mail is not configured: mails wait in the outbox for " + Outbox.PATIENCE.toDays()
                            + " days and are given up then. Set CONNECTION_MANAGER_MAIL_FROM and CONNECTION_MANAGER_MAIL_HOST.");
        }
        if (!operatorsKnown) {
            LOG.warn("Nobody gets the mails for operators: set CONNECTION_MANAGER_MAIL_OPERATORS.");
        }
    }

    /** Before the database is gone, which an email under way still needs. */
    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        stopping = true;
        smtp.stop();
        if (sending.tryLock(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
            sending.unlock();
        }
    }

    /** Sends what is due. A server that takes nothing now ends the round: the next one finds out whether it is back. */
    @Scheduled(identity = "mail-sender", every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void sendDue() {
        sending.lock();
        try {
            outbox.tidy(clock.instant()).forEach(mail -> givenUp(mail, "for " + Outbox.PATIENCE.toDays() + " days"));
            var going = local || smtp.configured();
            while (going && !stopping) {
                var taken = outbox.take(clock.instant(), turn, share);
                turn = taken.map(Mail::turn).orElse(turn);
                going = taken.filter(this::send).isPresent();
            }
            waiting.set(outbox.waiting());
            holdBack(outbox.heldBack(clock.instant(), share));
        } finally {
            sending.unlock();
        }
    }

    private void holdBack(long now) {
        if (heldBack.getAndSet(now) == 0 && now > 0) {
            LOG.warnf(
                    "%d mails wait because their teams had %d of their kind within an hour. See the trail for what happens"
                            + " there again and again.",
                    now, share);
        }
    }

    /** @return whether the next mail may be tried */
    private boolean send(Mail mail) {
        try {
            if (!local) {
                smtp.handOver(mail, writer.write(outbox.opened(mail)));
            }
            outbox.sent(mail, clock.instant(), local);
            trouble = "";
            meters.counter(METRICS + "sent").increment();
            return true;
        } catch (Smtp.NotAccepted e) {
            if (e.scope() == Smtp.Scope.SERVER) {
                noServer(mail, e.getMessage());
                return false;
            }
            notAccepted(mail, e.getMessage(), e.scope() == Smtp.Scope.MAIL_FOR_EVER);
            return true;
        } catch (IllegalArgumentException e) {
            notAccepted(mail, e.getMessage(), false);
            return true;
        }
    }

    private void noServer(Mail mail, String why) {
        if (why.equals(trouble)) {
            meters.counter(METRICS + "not_accepted").increment();
            return;
        }
        trouble = why;
        notAccepted(mail, why, false);
    }

    private void notAccepted(Mail mail, String why, boolean forEver) {
        meters.counter(METRICS + "not_accepted").increment();
        if (forEver) {
            if (outbox.giveUp(mail, clock.instant())) {
                givenUp(mail, why);
            }
            return;
        }
        LOG.warnf(
                "Mail %s (%s) was not accepted at attempt %d: %s. It is tried again at %s",
                mail.id(), mail.letter().code(), mail.attempts(), why, mail.nextAttemptAt());
    }

    private void givenUp(Mail mail, String why) {
        meters.counter(METRICS + "given_up").increment();
        LOG.errorf(
                "Mail %s (%s) is given up after %d attempts (%s): its recipient has not been told",
                mail.id(), mail.letter().code(), mail.attempts(), why);
    }
}
