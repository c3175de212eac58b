package dev.connectionmanager.mail;

import dev.connectionmanager.mail.LetterWriter.Written;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hands mails over to the SMTP server of the {@code quarkus.mailer} settings, over a connection of its own each. Quarkus'
 * own mailer keeps a pool in which a connection to a server that hangs would stay for ever, and what waits in the pool
 * might be handed over after we gave it up.
 */
@Singleton
class Smtp {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    /** Much less than the shortest time for which a mail is taken, see {@link Outbox#take}. */
    private static final Duration WHOLE = Duration.ofSeconds(60);

    /** What can stand between the angle brackets of an SMTP command and in a header without changing either. */
    private static final Pattern RECIPIENT = Pattern.compile("[^\\s\\p{C}<>()\\[\\]\\\\,;:\"@]+@[A-Za-z0-9.-]+");

    /** How the client begins its message when the server has refused this. */
    private static final String RECIPIENT_REFUSED = "recipient address not accepted";

    private static final Pattern OF_THIS_MAIL = Pattern.compile(RECIPIENT_REFUSED + "|sending data failed");
    private static final Pattern POLICY = Pattern.compile("\\b5\\.7\\.\\d");

    private final Vertx vertx;
    private final MailConfig config;
    private final Optional<String> from;
    private final Duration whole;

    @Inject
    Smtp(
            Vertx vertx,
            MailersRuntimeConfig mailers,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "connection-manager.mail.from") Optional<String> from) {
        this(vertx, config(mailers.mailers().get(Mailers.DEFAULT_MAILER_NAME), tls), from, SILENCE, WHOLE);
    }

    /**
     * @param from the sender, such as {@code Connection Manager <portal@example.org>}; empty = mail is not configured
     * @param silence after so long without a word from the server the connection ends
     * @param whole after so long the mail counts as not accepted
     */
    Smtp(Vertx vertx, MailConfig config, Optional<String> from, Duration silence, Duration whole) {
        this.vertx = vertx;
        this.from = from;
        this.whole = whole;
        this.config = config.setKeepAlive(false);
        config.setConnectTimeout((int) CONNECT.toMillis());
        config.setIdleTimeout((int) silence.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    boolean configured() {
        return from.isPresent();
    }

    /**
     * Returns when the server has accepted the mail. Blocks its thread, for 60 seconds at most.
     *
     * @throws NotAccepted when it has not, or not said so: it may still have it then
     */
    void handOver(Mail mail, Written written) throws NotAccepted {
        if (!RECIPIENT.matcher(mail.recipient()).matches()) {
            throw new NotAccepted("its recipient is no e-mail address that SMTP can carry", Scope.MAIL_FOR_EVER);
        }
        var sender = from.orElseThrow();
        var message = new MailMessage()
                .setFrom(sender)
                .setTo(mail.recipient())
                .setSubject(written.subject())
                .setText(written.text())
                .setHtml(written.html())
                // The same on every attempt, so that a mail which arrives twice is recognised: RFC 5322 section 3.6.4.
                .addHeader("Message-ID", "<" + mail.id() + "@" + domain(sender) + ">")
                // Nobody's holiday responder answers to this: RFC 3834 section 5.
                .addHeader("Auto-Submitted", "auto-generated");
        var client = MailClient.create(vertx, config);
        try {
            client.sendMail(message)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotAccepted(e.getCause().getMessage(), scope(e.getCause()));
        } catch (TimeoutException e) {
            throw new NotAccepted("the server took longer than " + whole.toSeconds() + " seconds", Scope.SERVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAccepted("the portal is stopping", Scope.SERVER);
        } finally {
            client.close();
        }
    }

    /**
     * A server that has come as far as the recipient or the content speaks of this mail, unless it is about to go (421).
     * By 5.7.x (RFC 3463) it says what it does for nobody, such as relaying: that is a setting that somebody can put right.
     */
    private static Scope scope(Throwable cause) {
        if (!(cause instanceof SMTPException reply)
                || reply.getReplyCode() == 421
                || !OF_THIS_MAIL.matcher(reply.getMessage()).lookingAt()) {
            return Scope.SERVER;
        }
        var recipient = reply.getMessage().startsWith(RECIPIENT_REFUSED);
        return recipient
                        && reply.isPermanent()
                        && !POLICY.matcher(reply.getReplyMessage()).find()
                ? Scope.MAIL_FOR_EVER
                : Scope.MAIL;
    }

    private static String domain(String sender) {
        return sender.substring(sender.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    private static MailConfig config(MailerRuntimeConfig settings, TlsConfigurationRegistry tls) {
        var config = new MailConfig()
                .setHostname(settings.host())
                .setStarttls(StartTLSOptions.valueOf(settings.startTLS().toUpperCase(Locale.ROOT)))
                .setLogin(LoginOption.valueOf(settings.login().toUpperCase(Locale.ROOT)))
                .setDisableEsmtp(settings.disableEsmtp());
        settings.tlsConfigurationName()
                .ifPresent(
                        name -> TlsConfigUtils.configure(config, tls.get(name).orElseThrow()));
        config.setSsl(settings.tls().orElse(false));
        settings.port().ifPresent(config::setPort);
        settings.username().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        settings.authMethods().ifPresent(config::setAuthMethods);
        settings.ownHostName().ifPresent(config::setOwnHostname);
        return config;
    }

    /** What a refusal is about. */
    enum Scope {
        /** Whatever else would be handed over now. */
        SERVER,
        /** This mail, for now. */
        MAIL,
        /** This mail's recipient, who will never be accepted. */
        MAIL_FOR_EVER
    }

    /** The mail is not with the server, as far as is known; the message says why, for the log. */
    static final class NotAccepted extends Exception {
        private final Scope scope;

        NotAccepted(String why, Scope scope) {
            super(why == null ? "no reason given" : why.replaceAll("\\p{C}+", " "), null, false, false);
            this.scope = scope;
        }

        Scope scope() {
            return scope;
        }
    }
}
