package dev.connectionmanager.api.registration;

import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Category;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which requests are asked for, and in which order. What cannot be understood is 400. */
class RequestQuery {
    @QueryParam("state")
    String state;

    @QueryParam("team")
    String team;

    /** As the member is called. */
    @QueryParam("team_id")
    String teamId;

    @QueryParam("environment")
    String environment;

    @QueryParam("category")
    String category;

    @QueryParam("risk")
    String risk;

    /** As the member is called. */
    @QueryParam("risk_level")
    String riskLevel;

    @QueryParam("assignee")
    String assignee;

    @QueryParam("search")
    @DefaultValue("")
    String search;

    @QueryParam("sort")
    @DefaultValue("newest")
    String sort;

    RequestFilter.Order order() {
        return read(sort, RequestFilter.Order::ofCode, "sort");
    }

    RequestFilter filter(Actor actor, Environments environments) {
        var wanted = read(state, RequestState::ofCode, "state");
        return new RequestFilter(
                wanted == null ? Set.of() : Set.of(wanted),
                read(PageQuery.either(team, teamId, "team_id"), RequestQuery::teamId, "team"),
                read(environment, id -> environments.find(id).map(Environment::id), "environment"),
                read(category, Category::ofCode, "category"),
                read(assignee, who -> assignee(who, actor), "assignee"),
                null,
                read(PageQuery.either(risk, riskLevel, "risk_level"), RequestQuery::level, "risk"),
                search,
                null);
    }

    /**
     * @param name of the parameter, as the sentence for a value that it cannot have is found by
     * @return {@code null} for what was not sent
     * @throws Refusal.Malformed for a value that cannot be read
     */
    static <T> T read(String sent, Function<String, Optional<T>> reading, String name) {
        return sent == null
                ? null
                : reading.apply(sent).orElseThrow(() -> new Refusal.Malformed(Reason.PARAMETER_INVALID, name)
                        // Of two lists with a state the sentence is found by the list too.
                        .with("parameter", name.substring(name.lastIndexOf('-') + 1)));
    }

    private static Optional<UUID> teamId(String id) {
        try {
            return Optional.of(Ids.uuid(id));
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }

    private static Optional<String> assignee(String who, Actor actor) {
        return switch (who) {
            case "me" -> Optional.of(actor.subject());
            case "nobody" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    private static Optional<Risk.Level> level(String code) {
        return Stream.of(Risk.Level.values())
                .filter(level -> level.code().equals(code))
                .findFirst();
    }
}
