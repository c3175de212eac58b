package dev.connectionmanager.review;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.review.rules.RequestNumber;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.rules.Category;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which requests a list shows.
 *
 * @param states empty = any
 * @param team {@code null} = any
 * @param environment {@code null} = any
 * @param category {@code null} = any
 * @param assignee subject of an operator; empty text = nobody; {@code null} = any; for operators
 * @param except subject of an operator whose requests are left out; {@code null} = none; for operators
 * @param risk {@code null} = any; for operators
 * @param search words that the number, the names of team, application or client, or the hosts, begin with; empty = any
 * @param application {@code null} = any
 */
public record RequestFilter(
        Set<RequestState> states,
        UUID team,
        String environment,
        Category category,
        String assignee,
        String except,
        Risk.Level risk,
        String search,
        UUID application) {
    public static final RequestFilter ALL = new RequestFilter(Set.of(), null, null, null, null, null, null, "", null);

    public RequestFilter {
        states = Set.copyOf(states);
        search = RequestNumber.read(search).orElse(search);
    }

    /** Those that a search finds. */
    public static RequestFilter matching(String search) {
        return new RequestFilter(Set.of(), null, null, null, null, null, null, search, null);
    }

    /** All of one application. */
    public static RequestFilter ofApplication(UUID application) {
        return new RequestFilter(Set.of(), null, null, null, null, null, null, "", application);
    }

    /** All of one team. */
    public static RequestFilter of(UUID team) {
        return new RequestFilter(Set.of(), team, null, null, null, null, null, "", null);
    }

    /** What operators found is theirs: not even an order may tell. */
    boolean forOperators() {
        return assignee != null || except != null || risk != null;
    }

    /** Which comes first. */
    public enum Order {
        /** The request that was made last. */
        NEWEST("created_at desc, id desc", "(r.created_at, r.id) < (:at, :id)"),
        /** The one that was submitted first: only what has been submitted. */
        WAITING("submitted_at, id", "(r.submitted_at, r.id) > (:at, :id)"),
        /** The one that was submitted last: only what has been submitted. */
        LATEST("submitted_at desc, id desc", "(r.submitted_at, r.id) < (:at, :id)"),
        /** The one with the greatest risk, among them the one that was submitted first. For operators. */
        RISK("risk_rank, submitted_at, id", "(r.risk_rank, r.submitted_at, r.id) > (:riskRank, :at, :id)");

        final String by;
        final String beyond;

        Order(String by, String beyond) {
            this.by = by;
            this.beyond = beyond;
        }

        /** The word used in addresses: {@code waiting}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Order> ofCode(String code) {
            return Stream.of(values())
                    .filter(order -> order.code().equals(code))
                    .findFirst();
        }

        /**
         * @param cursor {@code null} = from the beginning
         * @return {@code null} for the beginning
         * @throws IllegalArgumentException when this is no cursor of a list in this order
         */
        public Cursor position(String cursor) {
            if (this != RISK) {
                return Cursor.parseTimed(cursor);
            }
            var position = Cursor.parse(cursor);
            if (position != null) {
                riskRank(position);
                at(position);
            }
            return position;
        }

        Cursor position(ProductionRequest request) {
            var at =
                    this == NEWEST ? request.createdAt() : request.submittedAt().orElseThrow();
            return this == RISK ? new Cursor(request.riskRank() + " " + at, request.id()) : Cursor.at(at, request.id());
        }

        Integer riskRank(Cursor position) {
            return Integer.valueOf(position.name().split(" ", 2)[0]);
        }

        Instant at(Cursor position) {
            var name = position.name();
            return new Cursor(this == RISK ? name.substring(name.indexOf(' ') + 1) : name, position.id()).time();
        }
    }
}
