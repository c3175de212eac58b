package dev.connectionmanager.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mail.MailSettings.Tls;
import dev.connectionmanager.testing.DeployedPortalTest;
import dev.connectionmanager.testing.Patience;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.RejectException;

/** From an act's transaction to an SMTP server that takes mails, refuses, hangs, drops, or takes one and does not say so. */
@DeployedPortalTest
class MailSenderTest {
    private static final String TO = "olivia@supplier.example";
    private static final UUID TEAM = UUID.fromString("11111111-2222-4333-8444-555555555555");

    @Inject
    Outbox outbox;

    @Inject
    LetterWriter writer;

    @Inject
    AgroalDataSource database;

    private final TestSmtp server = new TestSmtp(0);
    private final Time time = new Time();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void emptyTheOutbox() throws SQLException {
        execute("delete from mail");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTextAndHtmlOnce() {
        post("Bob & Sons – <b>£5</b>");
        var node = node();
        node.sendDue();
        node.sendDue();
        assertThat(server.arrived).hasSize(1);
        var mail = server.arrived.get(0);
        assertThat(mail.from()).isEqualTo("portal@manager.example");
        assertThat(mail.to()).isEqualTo(TO);
        assertThat(mail.header("From")).isEqualTo("Connection Manager <portal@manager.example>");
        assertThat(mail.header("To")).isEqualTo(TO);
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("Message-ID")).matches("<[0-9a-f-]{36}@manager\\.example>");
        assertThat(mail.subject()).isEqualTo("New comment on the request for Production of Bob & Sons – <b>£5</b>");
        assertThat(mail.part("text/plain")).contains("Ann writes: Hello", "https://portal.example/applications/x");
        assertThat(mail.part("text/html")).contains("Bob &amp; Sons – &lt;b&gt;£5&lt;/b&gt;");
    }

    @Test
    void tellsTheTrailAndForgetsTheContent() throws SQLException {
        post("Trail");
        node().sendDue();
        var id = query("select id from mail");
        assertThat(query("select act || ' ' || actor || ' ' || role || ' ' || object || ' ' || team_id || ' ' || after"
                        + " from audit_entry where object_id = '" + id + "'"))
                .startsWith("mail-sent portal portal mail " + TEAM)
                .contains("\"code\":\"request-comment\"", "\"recipient\":\"" + TO + "\"")
                .doesNotContain("Hello");
        assertThat(query("select arguments from mail")).isEqualTo("{}");
    }

    /** However many mails wait for it. */
    @Test
    void saysOnceThatTheServerTakesNothing() {
        var said = new CopyOnWriteArrayList<String>();
        var listener = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                said.add(logged.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var log = Logger.getLogger(MailSender.class.getName());
        log.addHandler(listener);
        try {
            server.onSender(from -> {
                throw new RejectException(451, "not now");
            });
            post("One");
            post("Two");
            var node = node();
            for (int i = 0; i < 4; i++) {
                node.sendDue();
            }
            assertThat(said).hasSize(1);
            assertThat(server.arrived).isEmpty();
            server.onSender(from -> {});
            time.pass(Duration.ofMinutes(10));
            node.sendDue();
            assertThat(server.arrived).hasSize(2);
            server.onSender(from -> {
                throw new RejectException(451, "not now");
            });
            post("Three");
            node.sendDue();
            assertThat(said).as("it took mails meanwhile").hasSize(2);
        } finally {
            log.removeHandler(listener);
        }
    }

    @Test
    void neverSendsWhatWasRolledBack() {
        QuarkusTransaction.begin();
        outbox.post(letter("Undone"), List.of(TO));
        QuarkusTransaction.rollback();
        node().sendDue();
        assertThat(server.arrived).isEmpty();
    }

    @Test
    void sendsNothingBeforeTheActIsCommitted() throws Exception {
        var posted = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var threads = Executors.newSingleThreadExecutor();
        try {
            var act = threads.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                outbox.post(letter("Later"), List.of(TO));
                posted.countDown();
                await(go);
            }));
            Patience.await(posted);
            node().sendDue();
            assertThat(server.arrived).isEmpty();
            go.countDown();
            act.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            node().sendDue();
            assertThat(server.arrived).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eachRecipientGetsOneMailOfTheirOwn() {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        outbox.post(letter("Many"), List.of(TO, "OLIVIA@supplier.example", "adam@supplier.example")));
        node().sendDue();
        assertThat(server.arrived)
                .extracting(TestSmtp.Arrived::to)
                .containsExactlyInAnyOrder(TO, "adam@supplier.example");
    }

    @Test
    void keepsWhateverWasTyped() {
        post("nul \u0000 and\r\nBcc: everybody@example.org");
        node().sendDue();
        assertThat(server.arrived).hasSize(1);
        assertThat(server.arrived.get(0).header("Bcc")).isNull();
        assertThat(server.arrived.get(0).subject()).endsWith("nul [U+0000] and Bcc: everybody@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 not now", "451 not now", "554 5.7.1 relay access denied"})
    void aRefusedMailIsTriedAgainLaterUnderTheSameName(String reply) {
        var refused = new ArrayList<String>();
        server.onRecipient(to -> {
            refused.add(to);
            throw new RejectException(Integer.parseInt(reply.substring(0, 3)), reply.substring(4));
        });
        post("Refused");
        var node = node();
        node.sendDue();
        assertThat(refused).hasSize(1);
        assertThat(count("sent_at is not null")).isZero();
        server.behave();
        time.pass(Duration.ofSeconds(119));
        node.sendDue();
        assertThat(server.arrived).as("not before 2 minutes have passed").isEmpty();
        time.pass(Duration.ofSeconds(2));
        node.sendDue();
        assertThat(server.arrived).hasSize(1);
        assertThat(count("sent_at is not null")).isEqualTo(1);
        assertThat(meters.counter("connection_manager.mail.not_accepted").count())
                .isEqualTo(1);
        assertThat(meters.counter("connection_manager.mail.sent").count()).isEqualTo(1);
    }

    @Test
    void waitsLongerFromTryToTryAndHalfAnHourAtMost() throws SQLException {
        server.onData(to -> {
            throw new RejectException(451, "not now");
        });
        post("Again");
        var node = node();
        for (var minutes : List.of(2, 4, 8, 16, 30, 30, 30)) {
            var before = time.instant();
            node.sendDue();
            assertThat(query("select next_attempt_at = timestamptz '" + before.plus(Duration.ofMinutes(minutes))
                            + "' from mail"))
                    .as("after %d minutes", minutes)
                    .isEqualTo("t");
            time.pass(Duration.ofMinutes(minutes));
        }
    }

    @Test
    void aMailThatArrivedWithoutAnAnswerComesAgainUnderTheSameName() throws IOException {
        post("Doubtful");
        try (var odd = new OddServer(true, "")) {
            odd.hangUp.countDown();
            node(odd.port()).sendDue();
            assertThat(count("sent_at is not null")).isZero();
            time.pass(Duration.ofMinutes(3));
            var node = node();
            node.sendDue();
            assertThat(server.arrived).hasSize(1);
            assertThat(odd.taken)
                    .contains("Message-ID: " + server.arrived.get(0).header("Message-ID"));
            assertThat(count("sent_at is not null")).isEqualTo(1);
            node.sendDue();
            assertThat(server.arrived).hasSize(1);
        }
    }

    /** At the greeting, and in the middle. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatHangsDelaysMailsButNoRequest(boolean afterData) throws Exception {
        post("Delayed");
        var threads = Executors.newSingleThreadExecutor();
        try (var odd = new OddServer(afterData, "421 enough")) {
            var sending = threads.submit(node(odd.port())::sendDue);
            Patience.await(odd.met);
            post("Meanwhile");
            assertThat(sending).as("while the server hangs").isNotDone();
            odd.hangUp.countDown();
            sending.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        arrivesLater(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent at first", "drops at first", "silent after data", "drops after data"})
    void aServerThatStaysSilentOrDropsIsGivenUp(String what) throws Exception {
        post("Delayed");
        try (var odd = new OddServer(what.endsWith("data"), "")) {
            if (what.startsWith("drops")) {
                odd.hangUp.countDown();
            }
            var hurried = sender(settings(odd.port()), Duration.ofSeconds(1), Duration.ofSeconds(3));
            Patience.until("it has come as far as that", () -> {
                hurried.sendDue();
                time.pass(Duration.ofHours(1));
                return odd.met.getCount() == 0;
            });
        }
        arrivesLater(1);
    }

    private void arrivesLater(int mails) {
        assertThat(count("sent_at is null")).isEqualTo(mails);
        time.pass(Duration.ofMinutes(3));
        node().sendDue();
        assertThat(server.arrived).hasSize(mails);
    }

    @Test
    void aServerThatIsNotThereDelaysMails() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        post("Delayed");
        node(nobody).sendDue();
        assertThat(count("sent_at is null")).isEqualTo(1);
    }

    @Test
    void nodesShareTheWork() throws Exception {
        IntStream.range(0, 60).forEach(i -> post("Shared " + i));
        var four = IntStream.range(0, 4).mapToObj(i -> node()).toList();
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (var each : four.stream().map(n -> threads.submit(n::sendDue)).toList()) {
                each.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.arrived).hasSize(60);
        assertThat(new HashSet<>(
                        server.arrived.stream().map(a -> a.header("Message-ID")).toList()))
                .hasSize(60);
        assertThat(count("sent_at is not null and attempts = 1")).isEqualTo(60);
    }

    @Test
    void whatANodeTookBeforeItDiedIsSentByAnother() {
        post("Orphan");
        assertThat(outbox.take(time.instant(), Outbox.FIRST_TURN, MailSender.SHARE))
                .isPresent();
        assertThat(outbox.take(time.instant(), Outbox.FIRST_TURN, MailSender.SHARE))
                .isEmpty();
        node().sendDue();
        assertThat(server.arrived).isEmpty();
        time.pass(Duration.ofMinutes(2));
        node().sendDue();
        assertThat(server.arrived).hasSize(1);
    }

    @Test
    void twoNodesThatSentTheSameMailTellTheTrailOnce() throws SQLException {
        post("Late");
        var first =
                outbox.take(time.instant(), Outbox.FIRST_TURN, MailSender.SHARE).orElseThrow();
        time.pass(Duration.ofMinutes(2));
        var second =
                outbox.take(time.instant(), Outbox.FIRST_TURN, MailSender.SHARE).orElseThrow();
        outbox.sent(second, time.instant(), false);
        outbox.sent(first, time.instant(), false);
        assertThat(query("select count(*) from audit_entry where object_id = '" + first.id() + "'"))
                .isEqualTo("1");
    }

    @Test
    void givesUpAfterFiveDaysAndSaysSo() {
        server.onRecipient(to -> {
            throw new RejectException(450, "not there now");
        });
        post("In vain");
        var node = node();
        node.sendDue();
        time.pass(Duration.ofDays(5).minusMinutes(1));
        node.sendDue();
        assertThat(count("given_up_at is null")).isEqualTo(1);
        time.pass(Duration.ofMinutes(40));
        node.sendDue();
        node().sendDue();
        assertThat(count("given_up_at is not null and attempts = 2")).isEqualTo(1);
        assertThat(meters.counter("connection_manager.mail.given_up").count()).isEqualTo(1);
        assertThat(server.arrived).isEmpty();
    }

    /** Whether at the recipient or at the content, what a server says of one mail holds up no other. */
    @Test
    void aMailThatIsRefusedHoldsUpNoOther() throws SQLException {
        server.onRecipient(to -> {
            if (to.startsWith("nobody")) {
                throw new RejectException(550, "5.1.1 no such user");
            }
            if (to.startsWith("later")) {
                throw new RejectException(450, "4.2.2 mailbox full");
            }
        });
        server.onData(to -> {
            if (to.startsWith("spam")) {
                throw new RejectException(554, "looks like spam");
            }
        });
        var all = List.of("nobody@a.example", "later@a.example", "spam@a.example", "no-address", TO);
        QuarkusTransaction.requiringNew().run(() -> outbox.post(letter("Mixed"), all));
        node().sendDue();
        assertThat(server.arrived).extracting(TestSmtp.Arrived::to).containsExactly(TO);
        assertThat(query(
                        "select string_agg(recipient, ' ' order by recipient) from mail where given_up_at is not null"))
                .isEqualTo("no-address nobody@a.example");
        assertThat(count("given_up_at is not null and arguments = '{}'"))
                .as("no link stays readable")
                .isEqualTo(2);
        assertThat(count("sent_at is null and given_up_at is null and attempts = 1"))
                .isEqualTo(2);
        assertThat(meters.counter("connection_manager.mail.given_up").count()).isEqualTo(2);
        assertThat(query("select after from audit_entry where act = 'mail-given-up' and object_id ="
                        + " (select cast(id as text) from mail where recipient like 'nobody%')"))
                .contains("nobody@a.example", "request-comment");
    }

    @Test
    void aFloodOfOneTeamHoldsUpNobodyElse() {
        flood(50, "request-comment", TEAM);
        post(
                new Letter("member-left", TEAM, Map.of("who", "Ann", "team", "Ours", "team_id", "x"), "team"),
                "same@a.example");
        post(
                new Letter("member-left", null, Map.of("who", "Ann", "team", "Nobody's", "team_id", "x"), "team"),
                "nobodys@a.example");
        post(
                new Letter(
                        "member-left",
                        UUID.randomUUID(),
                        Map.of("who", "Ann", "team", "Other", "team_id", "x"),
                        "team"),
                "other@a.example");
        node().sendDue();
        assertThat(server.arrived).hasSize(53);
        assertThat(server.arrived.subList(0, 4))
                .extracting(TestSmtp.Arrived::to)
                .contains("same@a.example", "nobodys@a.example", "other@a.example");
    }

    @Test
    void aTeamGetsSoManyLettersOfAKindInAnHourAndTheRestLater() throws SQLException {
        flood(MailSender.SHARE + 5, "request-comment", TEAM);
        execute("update mail set sent_at = timestamptz '" + time.instant().minusSeconds(1800)
                + "' where id in (select id from mail limit " + (MailSender.SHARE - 1) + ")");
        post(
                new Letter("member-left", TEAM, Map.of("who", "Ann", "team", "Ours", "team_id", "x"), "team"),
                "same@a.example");
        var node = node();
        node.sendDue();
        assertThat(server.arrived).hasSize(2);
        assertThat(meters.get("connection_manager.mail.held_back").gauge().value())
                .isEqualTo(5);
        time.pass(Duration.ofMinutes(31));
        node.sendDue();
        assertThat(server.arrived).hasSize(7);
        assertThat(meters.get("connection_manager.mail.held_back").gauge().value())
                .isZero();
    }

    @Test
    void forgetsOldMails() {
        post("Old");
        node().sendDue();
        time.pass(Duration.ofDays(29));
        node().sendDue();
        assertThat(count("true")).isEqualTo(1);
        time.pass(Duration.ofDays(2));
        node().sendDue();
        assertThat(count("true")).isZero();
    }

    @Test
    void mailWaitsWhileItIsNotConfigured() {
        post("Waiting");
        sender(TestSettings.of(null, server.port(), Tls.OPTIONAL)).sendDue();
        assertThat(count("attempts = 0 and sent_at is null")).isEqualTo(1);
        assertThat(meters.get("connection_manager.mail.waiting").gauge().value())
                .isEqualTo(1);
        node().sendDue();
        assertThat(server.arrived).hasSize(1);
    }

    /** The default: a link that lets somebody in must not be readable on the way. */
    @Test
    void sendsNothingInClearUnlessTold() {
        post("Secret link");
        sender(TestSettings.of("portal@manager.example", server.port(), Tls.STARTTLS))
                .sendDue();
        assertThat(server.arrived).isEmpty();
        assertThat(count("sent_at is null and attempts = 1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example\r\nRCPT TO:<everybody@c.example>",
                "a@b.example> <x@c.example",
                "a@b.example,x@c.example",
                "a b@c.example",
                "Ann <a@b.example>",
                "no-address"
            })
    void aRecipientIsNothingButAnAddress(String recipient) {
        QuarkusTransaction.requiringNew().run(() -> outbox.post(letter("To"), List.of(recipient)));
        node().sendDue();
        assertThat(server.arrived).isEmpty();
        assertThat(count("sent_at is null and attempts = 1")).isEqualTo(1);
    }

    private static Letter letter(String application) {
        return new Letter(
                "request-comment",
                TEAM,
                Map.of(
                        "application", application,
                        "application_id", "x",
                        "environment", "Production",
                        "by", "Ann",
                        "comment", "Hello"),
                "application");
    }

    private void flood(int letters, String code, UUID team) {
        var letter = new Letter(code, team, letter("Flood").arguments(), "application");
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.post(
                        letter,
                        IntStream.range(0, letters)
                                .mapToObj(i -> "flood-" + i + "@a.example")
                                .toList()));
    }

    private void post(Letter letter, String to) {
        QuarkusTransaction.requiringNew().run(() -> outbox.post(letter, List.of(to)));
    }

    private void post(String application) {
        QuarkusTransaction.requiringNew().run(() -> outbox.post(letter(application), List.of(TO)));
    }

    private MailSender node() {
        return node(server.port());
    }

    /** A portal of its own on the same database. */
    private MailSender node(int port) {
        return sender(settings(port));
    }

    private static MailSettings settings(int port) {
        return TestSettings.of("Connection Manager <portal@manager.example>", port, Tls.OPTIONAL);
    }

    private MailSender sender(MailSettings settings) {
        return sender(settings, Patience.LONG, Patience.LONG);
    }

    private MailSender sender(MailSettings settings, Duration silence, Duration whole) {
        var smtp = new Smtp(settings, (SSLSocketFactory) SSLSocketFactory.getDefault(), silence, whole);
        return new MailSender(outbox, writer, smtp, meters, time, false, settings);
    }

    private long count(String where) {
        try {
            return Long.parseLong(query("select count(*) from mail where " + where));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String query(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says nothing at the greeting, or after it has read a whole mail, until it is told to hang up, with a last word or none. */
    private static final class OddServer implements AutoCloseable {
        final CountDownLatch met = new CountDownLatch(1);
        final CountDownLatch hangUp = new CountDownLatch(1);
        /** The lines of what it has read, without the greeting. */
        final List<String> taken = new CopyOnWriteArrayList<>();

        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        OddServer(boolean afterData, String lastWord) throws IOException {
            var thread = new Thread(() -> serve(afterData, lastWord), "odd-smtp");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve(boolean afterData, String lastWord) {
            while (!socket.isClosed()) {
                try (var client = socket.accept()) {
                    if (afterData) {
                        takeAMail(client);
                    }
                    met.countDown();
                    await(hangUp);
                    say(client, lastWord);
                } catch (IOException e) {
                    // The client has gone, or the test is over.
                }
            }
        }

        private void takeAMail(Socket client) throws IOException {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            say(client, "220 odd");
            var line = in.readLine();
            while (!".".equals(line)) {
                if (line.matches("(EHLO|MAIL|RCPT) .*")) {
                    say(client, "250 ok");
                } else if (line.equals("DATA")) {
                    say(client, "354 go on");
                }
                line = in.readLine();
                if (line == null) {
                    throw new EOFException();
                }
                taken.add(line);
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line.isEmpty() ? "" : line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            socket.close();
            hangUp.countDown();
        }
    }

    /** Begins a little later than anything is posted; passes only when it is told to. */
    private static final class Time extends Clock {
        private volatile Instant now = Instant.now().plusSeconds(30).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
