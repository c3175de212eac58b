package dev.connectionmanager.mail;

import com.google.common.base.Throwables;
import dev.connectionmanager.mail.LetterWriter.Written;
import dev.connectionmanager.mail.MailSettings.Tls;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mails over to the SMTP server of the settings, over a connection of its own each. The socket is ours, so that time
 * is up when it is, whatever the server does.
 */
@Singleton
class Smtp {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    /** Much less than the shortest time for which an email is taken, see {@link Outbox#take}. */
    private static final Duration WHOLE = Duration.ofSeconds(60);

    /** What can stand between the angle brackets of an SMTP command and in a header without changing either. */
    private static final Pattern RECIPIENT = Pattern.compile("[\\x21-\\x7e&&[^<>()\\[\\]\\\\,;:\"@]]+@[A-Za-z0-9.-]+");

    /** RFC 3463 section 3.8: what the server does for nobody, such as relaying. Somebody can put that setting right. */
    private static final Pattern POLICY = Pattern.compile("5\\d\\d[ -]5\\.7\\.\\d+\\b.*", Pattern.DOTALL);

    /** RFC 5321 section 4.2.1: the server is about to go. */
    private static final int CLOSING = 421;

    private final MailSettings settings;
    private final SSLSocketFactory tls;
    private final Duration silence;
    private final Duration whole;
    private volatile Socket underWay = new Socket();

    @Inject
    Smtp(MailSettings settings, TlsConfigurationRegistry tls) {
        this(settings, tls(settings, tls), SILENCE, WHOLE);
    }

    /**
     * @param silence after so long without a word from the server the connection ends; after half of that where it has not
     *     spoken yet, since it holds up all mail meanwhile
     * @param whole after so long the email counts as not accepted
     */
    Smtp(MailSettings settings, SSLSocketFactory tls, Duration silence, Duration whole) {
        this.settings = settings;
        this.tls = tls;
        this.silence = silence;
        this.whole = whole;
    }

    static SSLSocketFactory tls(MailSettings settings, TlsConfigurationRegistry configurations) {
        var name = settings.tlsConfigurationName();
        if (name.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            return configurations
                    .get(name.get())
                    .orElseThrow(() -> new IllegalArgumentException("There is no TLS configuration " + name.get()))
                    .createSSLContext()
                    .getSocketFactory();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException("The TLS configuration " + name.get() + " cannot be used", e);
        }
    }

    boolean configured() {
        return settings.from().isPresent();
    }

    /**
     * Returns when the server has accepted the email. Blocks its thread, for 60 seconds at most.
     *
     * @throws NotAccepted when it has not, or not said so: it may still have it then
     */
    void handOver(Mail mail, Written written) throws NotAccepted {
        if (!RECIPIENT.matcher(mail.recipient()).matches()) {
            throw new NotAccepted("its recipient is no email address that SMTP can carry", Scope.MAIL_FOR_EVER);
        }
        var timeIsUp = new CompletableFuture<Void>();
        try (var socket = new Socket()) {
            underWay = socket;
            timeIsUp.completeOnTimeout(null, whole.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(() -> close(socket));
            socket.connect(new InetSocketAddress(address(), port()), (int) CONNECT.toMillis());
            socket.setSoTimeout((int) silence.dividedBy(2).toMillis());
            handOver(mail, written, settings.tls() == Tls.IMPLICIT ? secured(socket) : socket);
        } catch (MessagingException | IOException e) {
            throw timeIsUp.isDone()
                    ? new NotAccepted("the server took longer than " + whole.toSeconds() + " seconds", Scope.SERVER)
                    : notAccepted(e);
        } finally {
            timeIsUp.cancel(false);
        }
    }

    /** Ends what is under way: an email that the server has not accepted by now is tried again after the next start. */
    void stop() {
        close(underWay);
    }

    private void handOver(Mail mail, Written written, Socket socket) throws MessagingException {
        var session = session();
        var message = new MailMessage(session, settings.from().orElseThrow(), mail, written);
        var transport = new SMTPTransport(session, null);
        transport.connect(socket);
        patient(socket);
        transport.sendMessage(message, message.getAllRecipients());
        try {
            transport.close();
        } catch (MessagingException hungUp) {
            // It has accepted the email.
        }
    }

    /** Once it has spoken, a server may take its time to judge an email. */
    private void patient(Socket socket) throws MessagingException {
        try {
            socket.setSoTimeout((int) silence.toMillis());
        } catch (SocketException hungUp) {
            throw new MessagingException(hungUp.getMessage(), hungUp);
        }
    }

    private Session session() {
        var properties = new Properties();
        properties.put("mail.smtp.localhost", MailMessage.domain(settings.from().orElseThrow()));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.tls() != Tls.IMPLICIT));
        properties.put("mail.smtp.starttls.required", Boolean.toString(settings.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.ssl.socketFactory", tls);
        properties.put("mail.smtp.quitwait", "false");
        settings.username().ifPresent(name -> {
            properties.put("mail.smtp.user", name);
            properties.put("mail.smtp.auth", "true");
        });
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        settings.username().orElse(""), settings.password().orElse(""));
            }
        });
    }

    /** Named as in the settings, which is what the server's certificate is checked against. */
    private InetAddress address() throws IOException {
        return InetAddress.getByAddress(
                settings.host(), InetAddress.getByName(settings.host()).getAddress());
    }

    private int port() {
        return settings.port().orElse(settings.tls() == Tls.IMPLICIT ? 465 : 25);
    }

    private Socket secured(Socket socket) throws IOException {
        var secured = (SSLSocket) tls.createSocket(socket, settings.host(), port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private NotAccepted notAccepted(Exception failure) {
        if (Throwables.getCausalChain(withNext(failure)).stream().anyMatch(SSLException.class::isInstance)) {
            return new NotAccepted(ofTls(withNext(failure)), Scope.SERVER);
        }
        var why = failure.getMessage();
        for (Exception cause = failure; cause instanceof MessagingException outer; cause = outer.getNextException()) {
            if (cause instanceof SMTPAddressFailedException recipient) {
                return new NotAccepted(recipient.getMessage(), ofRecipient(recipient));
            }
            if (cause instanceof SMTPSendFailedException refused) {
                return new NotAccepted(refused.getMessage(), ofContent(refused));
            }
            if (outer.getNextException() != null) {
                why += ": " + outer.getNextException().getMessage();
            }
        }
        return new NotAccepted(why, Scope.SERVER);
    }

    /** Angus Mail keeps the failure beneath in a place of its own. */
    private static Throwable withNext(Exception failure) {
        return failure instanceof MessagingException outer && outer.getNextException() != null
                ? outer.getNextException()
                : failure;
    }

    /** In one sentence, with what whoever runs the portal can do. */
    private String ofTls(Throwable failure) {
        var causes = Throwables.getCausalChain(failure);
        var why = causes.get(causes.size() - 1).getMessage();
        boolean certificate = causes.stream().anyMatch(CertificateException.class::isInstance)
                || causes.stream().anyMatch(CertPathBuilderException.class::isInstance);
        return certificate
                ? "the server has no certificate that is for " + settings.host() + " and trusted (" + why
                        + "); see CONNECTION_MANAGER_MAIL_TLS_CONFIGURATION_NAME"
                : "the server and the portal could not agree on TLS (" + why + "); see CONNECTION_MANAGER_MAIL_TLS";
    }

    private static Scope ofRecipient(SMTPAddressFailedException refused) {
        if (!speaksOfTheMail(refused.getReturnCode())) {
            return Scope.SERVER;
        }
        return refused.getReturnCode() >= 500
                        && !POLICY.matcher(refused.getMessage()).matches()
                ? Scope.MAIL_FOR_EVER
                : Scope.MAIL;
    }

    /** A sender that is refused would be for every mail. */
    private static Scope ofContent(SMTPSendFailedException refused) {
        return speaksOfTheMail(refused.getReturnCode()) && !refused.getCommand().startsWith("MAIL FROM")
                ? Scope.MAIL
                : Scope.SERVER;
    }

    /** Not where it has hung up, or is about to. */
    private static boolean speaksOfTheMail(int replyCode) {
        return replyCode >= 400 && replyCode < 600 && replyCode != CLOSING;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            // Nothing is lost.
        }
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
            super(
                    why == null
                            ? "no reason given"
                            : why.replaceAll("\\p{C}+", " ").strip(),
                    null,
                    false,
                    false);
            this.scope = scope;
        }

        Scope scope() {
            return scope;
        }
    }
}
