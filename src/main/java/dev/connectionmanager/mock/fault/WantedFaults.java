package dev.connectionmanager.mock.fault;

import dev.connectionmanager.mock.MockDatabase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults that a test wants: once, some times, or always. */
@Singleton
public class WantedFaults {
    private final MockDatabase database;
    private final Clock clock;

    WantedFaults(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param times how often it is still wanted; {@code null} = always */
    public record Wanted(String name, Integer times) {}

    /** Wants a fault, in place of what was wanted of it before. */
    public void want(String issuer, Wanted fault) {
        database.update("""
                insert into mock_fault (issuer, name, remaining, made_at) values (?, ?, ?::integer, ?)
                on conflict (issuer, name) do update set remaining = excluded.remaining""", issuer, fault.name(), fault.times(), clock.instant());
    }

    /** By name. */
    public List<Wanted> all(String issuer) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select name, remaining from mock_fault where issuer = ? and coalesce(remaining, 1) > 0"
                                    + " order by name",
                            issuer);
                    var rows = query.executeQuery()) {
                List<Wanted> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Wanted(rows.getString("name"), rows.getObject("remaining", Integer.class)));
                }
                return found;
            }
        });
    }

    public void forget(String issuer) {
        database.update("delete from mock_fault where issuer = ?", issuer);
    }

    /** Those that act at this point now: each is wanted once less. */
    List<Fault> take(String issuer, Point point) {
        var names = Stream.of(Fault.values())
                .filter(fault -> fault.point() == point)
                .map(Fault::code)
                .collect(Collectors.joining(","));
        return database.call(connection -> {
            try (var update = MockDatabase.prepare(connection, """
                            update mock_fault set remaining = remaining - 1
                            where issuer = ? and name = any (string_to_array(?, ',')) and coalesce(remaining, 1) > 0
                            returning name""", issuer, names);
                    var rows = update.executeQuery()) {
                List<Fault> found = new ArrayList<>();
                while (rows.next()) {
                    Fault.ofCode(rows.getString("name")).ifPresent(found::add);
                }
                return found;
            }
        });
    }
}
