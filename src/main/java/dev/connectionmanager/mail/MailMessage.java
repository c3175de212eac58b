package dev.connectionmanager.mail;

import dev.connectionmanager.mail.LetterWriter.Written;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** An email as it travels: text and HTML that say the same. */
final class MailMessage extends MimeMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String id;

    /** @param from a name and an address in angle brackets, or an address alone */
    MailMessage(Session session, String from, Mail mail, Written written) throws MessagingException {
        super(session);
        // The same on every attempt, so that an email which arrives twice is recognised: RFC 5322 section 3.6.4.
        this.id = "<" + mail.id() + "@" + domain(from) + ">";
        var to = new InternetAddress();
        to.setAddress(mail.recipient());
        setFrom(sender(from));
        setRecipients(Message.RecipientType.TO, new Address[] {to});
        setSubject(written.subject(), UTF_8);
        setSentDate(Date.from(mail.createdAt()));
        // Nobody's holiday responder answers to this: RFC 3834 section 5.
        setHeader("Auto-Submitted", "auto-generated");
        setContent(new MimeMultipart("alternative", part(written.text(), "plain"), part(written.html(), "html")));
        saveChanges();
    }

    /** Of a sender's address. */
    static String domain(String sender) {
        return sender.substring(sender.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    private static InternetAddress sender(String from) throws MessagingException {
        var sender = new InternetAddress(from);
        try {
            sender.setPersonal(sender.getPersonal(), UTF_8);
            return sender;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    /** Called whenever something changes. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
