package dev.connectionmanager.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends what is in the outbox, on a thread of its own: no request waits for an SMTP server. Every node does so, one mail
 * after another, each taken by one node only. In local mode the mailbox page is where mails arrive.
 */
@Singleton
public class MailSender {
    private static final Logger LOG = Logger.getLogger(MailSender.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String METRICS = "connection_manager.mail.";

    private final Outbox outbox;
    private final LetterWriter writer;
    private final Smtp smtp;
    private final MeterRegistry meters;
    private final Clock clock;
    private final boolean local;
    private final boolean operatorsKnown;
    private final AtomicLong waiting;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "mail-sender");
        daemon.setDaemon(true);
        return daemon;
    });

    @Inject
    MailSender(
            Outbox outbox,
            LetterWriter writer,
            Smtp smtp,
            MeterRegistry meters,
            Clock clock,
            @ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local,
            @ConfigProperty(name = "connection-manager.mail.operators") Optional<String> operators) {
        this.outbox = outbox;
        this.writer = writer;
        this.smtp = smtp;
        this.meters = meters;
        this.clock = clock;
        this.local = local;
        this.operatorsKnown = operators.isPresent();
        this.waiting = meters.gauge(METRICS + "waiting", new AtomicLong());
        // There from the start, so that an alert on them needs no first failure.
        meters.counter(METRICS + "sent");
        meters.counter(METRICS + "not_accepted");
        meters.counter(METRICS + "given_up");
    }

    void start(@Observes StartupEvent starting) {
        if (!local && !smtp.configured()) {
            LOG.warn("Mail is not configured: mails wait in the outbox for " + Outbox.PATIENCE.toDays()
                    + " days and are given up then. Set CONNECTION_MANAGER_MAIL_FROM and QUARKUS_MAILER_HOST.");
        }
        if (!operatorsKnown) {
            LOG.warn("Nobody gets the mails for operators: set CONNECTION_MANAGER_MAIL_OPERATORS.");
        }
        thread.scheduleWithFixedDelay(this::sendDue, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }

    /** Sends what is due. A server that does not take a mail ends the round: the next one finds out whether it is back. */
    void sendDue() {
        try {
            outbox.tidy(clock.instant()).forEach(this::givenUp);
            var going = local || smtp.configured();
            while (going && !Thread.currentThread().isInterrupted()) {
                going = outbox.take(clock.instant()).filter(this::send).isPresent();
            }
            waiting.set(outbox.waiting());
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                LOG.error("The outbox cannot be worked on", e);
            }
        }
    }

    private boolean send(Mail mail) {
        var code = mail.letter().code();
        try {
            if (!local) {
                smtp.handOver(mail, writer.write(mail.letter()));
            }
            outbox.sent(mail, clock.instant(), local);
            meters.counter(METRICS + "sent").increment();
            return true;
        } catch (Smtp.NotAccepted | IllegalArgumentException e) {
            meters.counter(METRICS + "not_accepted").increment();
            LOG.warnf(
                    "Mail %s (%s) was not accepted at attempt %d: %s. It is tried again at %s",
                    mail.id(), code, mail.attempts(), e.getMessage(), mail.nextAttemptAt());
            return false;
        }
    }

    private void givenUp(Mail mail) {
        meters.counter(METRICS + "given_up").increment();
        LOG.errorf(
                "Mail %s (%s) is given up after %d attempts in %d days: its recipient has not been told",
                mail.id(), mail.letter().code(), mail.attempts(), Outbox.PATIENCE.toDays());
    }
}
