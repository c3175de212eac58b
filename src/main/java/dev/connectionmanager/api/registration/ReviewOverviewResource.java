package dev.connectionmanager.api.registration;

import dev.connectionmanager.review.ReviewOverview;
import dev.connectionmanager.team.Actor;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

@Path("/api/v1/review-overview")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RequestScoped
class ReviewOverviewResource {
    private final ReviewOverview overview;
    private final Actor actor;

    ReviewOverviewResource(ReviewOverview overview, Actor actor) {
        this.overview = overview;
        this.actor = actor;
    }

    @GET
    public OverviewView overview() {
        var decided = overview.decided(actor);
        return new OverviewView(
                overview.ages(actor),
                decided.stream()
                        .filter(week -> week.from() != null)
                        .map(DecidedView::of)
                        .toList(),
                decided.stream()
                        .filter(all -> all.from() == null)
                        .findFirst()
                        .map(DecidedView::of)
                        .orElse(new DecidedView(null, 0, 0, null)),
                overview.kinds(actor).stream().map(KindView::of).toList());
    }

    private static Long seconds(Duration duration) {
        return duration == null ? null : Long.valueOf(duration.toSeconds());
    }

    /**
     * @param weeks the oldest first
     * @param total of all these weeks
     */
    record OverviewView(ReviewOverview.Ages ages, List<DecidedView> weeks, DecidedView total, List<KindView> kinds) {}

    record DecidedView(LocalDate from, int approved, int rejected, Long medianSeconds) {

        static DecidedView of(ReviewOverview.Decided decided) {
            return new DecidedView(decided.from(), decided.approved(), decided.rejected(), seconds(decided.median()));
        }
    }

    record KindView(
            String category, String environment, int waiting, int changesRequested, int decided, Long medianSeconds) {

        static KindView of(ReviewOverview.Kind kind) {
            return new KindView(
                    kind.category(),
                    kind.environment(),
                    kind.waiting(),
                    kind.sentBack(),
                    kind.decided(),
                    seconds(kind.median()));
        }
    }
}
