package dev.connectionmanager.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server on loopback that can be told to misbehave. */
final class TestSmtp implements AutoCloseable {
    /** What it has taken over, in that order. */
    final List<Arrived> arrived = new CopyOnWriteArrayList<>();

    private volatile Step onSender = from -> {};
    private volatile Step onRecipient = to -> {};
    private volatile Step onData = to -> {};
    private final SMTPServer server;

    /** @param port 0 = any that is free */
    TestSmtp(int port) {
        this(new SMTPServer.Builder().port(port).hideTLS());
    }

    /** @param how it differs from a server on any free port */
    TestSmtp(SMTPServer.Builder how) {
        server = how.bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory(Handler::new)
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    /** When the sender is named. */
    void onSender(Step step) {
        onSender = step;
    }

    /** When a recipient is named. */
    void onRecipient(Step step) {
        onRecipient = step;
    }

    /** Before an email is taken over. */
    void onData(Step step) {
        onData = step;
    }

    void behave() {
        onRecipient = to -> {};
        onData = to -> {};
    }

    @Override
    public void close() {
        server.stop();
    }

    /** May refuse by an exception. */
    interface Step {
        void take(String recipient) throws RejectException;
    }

    record Arrived(String from, String to, MimeMessage message) {
        String header(String name) {
            try {
                var all = message.getHeader(name);
                return all == null ? null : String.join(" | ", all);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        String subject() {
            try {
                return message.getSubject();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Its first part of this type. */
        String part(String type) {
            try {
                var parts = (Multipart) message.getContent();
                for (int i = 0; i < parts.getCount(); i++) {
                    if (parts.getBodyPart(i).isMimeType(type)) {
                        return ((String) parts.getBodyPart(i).getContent()).replace("\r\n", "\n");
                    }
                }
                return null;
            } catch (IOException | MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Handler implements MessageHandler {
        private String from;
        private String to;

        Handler(MessageContext context) {}

        @Override
        public void from(String address) throws RejectException {
            onSender.take(address);
            from = address;
        }

        @Override
        public void recipient(String address) throws RejectException {
            onRecipient.take(address);
            to = to == null ? address : to + "," + address;
        }

        @Override
        public String data(InputStream content) throws RejectException {
            try {
                var bytes = content.readAllBytes();
                onData.take(to);
                arrived.add(new Arrived(from, to, new MimeMessage(null, new ByteArrayInputStream(bytes))));
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void done() {}
    }
}
