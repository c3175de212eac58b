package dev.connectionmanager.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * What really goes to PostgreSQL and comes back, whoever sends it, ORM or plain JDBC: the driver tells of each message. One is
 * a round trip, so that a batch counts as one; one with nothing but BEGIN, SET, COMMIT or ROLLBACK in it counts as none.
 */
public final class Statements {
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private static final Pattern WITHOUT_ROWS = Pattern.compile("BEGIN|SET|COMMIT|ROLLBACK");
    private static final Pattern TEXT = Pattern.compile("(?s) FE=> Parse\\(stmt=[^,]*,query=\"(.*)\",oids=.*");

    private Statements() {}

    /**
     * Counts while something is done, also what other threads do meanwhile: nothing else may be going on.
     *
     * @return a line for each that counts: what was asked, where the database did not know it yet, and what became of it
     */
    public static List<String> during(Runnable act) {
        var listener = new Listener();
        var level = DRIVER.getLevel();
        var toParents = DRIVER.getUseParentHandlers();
        DRIVER.addHandler(listener);
        // What it tells holds the values: it goes nowhere else.
        DRIVER.setUseParentHandlers(false);
        DRIVER.setLevel(Level.FINEST);
        try {
            act.run();
        } finally {
            DRIVER.setLevel(level);
            DRIVER.setUseParentHandlers(toParents);
            DRIVER.removeHandler(listener);
        }
        return List.copyOf(listener.counted);
    }

    private static final class Listener extends Handler {
        private final List<String> counted = new CopyOnWriteArrayList<>();
        /** A thread waits for the answer: what is on its way belongs to it. */
        private final Map<Long, RoundTrip> underWay = new ConcurrentHashMap<>();

        private Listener() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord told) {
            var message = message(told);
            var trip = underWay.computeIfAbsent(told.getLongThreadID(), thread -> new RoundTrip());
            var text = TEXT.matcher(message);
            if (text.matches()) {
                trip.texts.add(text.group(1).replaceAll("\\s+", " ").strip());
            } else if (message.startsWith(" <=BE CommandStatus(")) {
                trip.outcomes.add(message.substring(" <=BE CommandStatus(".length(), message.length() - 1));
            } else if (message.startsWith(" <=BE ErrorMessage")) {
                trip.outcomes.add("refused");
            } else if (message.startsWith(" <=BE ReadyForQuery")) {
                underWay.remove(told.getLongThreadID());
                if (!trip.outcomes.stream()
                        .allMatch(outcome -> WITHOUT_ROWS.matcher(outcome).matches())) {
                    counted.add(trip.toString());
                }
            }
        }

        private static String message(LogRecord told) {
            var text = told.getMessage();
            var values = told.getParameters();
            for (int i = 0; values != null && i < values.length; i++) {
                text = text.replace("{" + i + "}", String.valueOf(values[i]));
            }
            return text;
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class RoundTrip {
        private final List<String> texts = new ArrayList<>();
        private final List<String> outcomes = new ArrayList<>();

        @Override
        public String toString() {
            return outcomes + " " + texts;
        }
    }
}
