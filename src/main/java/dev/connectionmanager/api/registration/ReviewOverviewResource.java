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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/review-overview")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Requests for production")
@RequestScoped
class ReviewOverviewResource {
    private final ReviewOverview overview;
    private final Actor actor;

    ReviewOverviewResource(ReviewOverview overview, Actor actor) {
        this.overview = overview;
        this.actor = actor;
    }

    @GET
    @Operation(
            summary = "How the review of requests stands (operators)",
            description = "What waits for a decision by its age against the service level, and what was decided in the"
                    + " last 12 weeks, this one included, weeks of nothing too. Medians are from the submission to the"
                    + " decision, of what people decided.")
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
    @Schema(name = "ReviewOverview")
    record OverviewView(ReviewOverview.Ages ages, List<DecidedView> weeks, DecidedView total, List<KindView> kinds) {}

    @Schema(name = "Decided")
    record DecidedView(
            @Schema(description = "The Monday on which the week begins; absent in the total")
            LocalDate from,

            int approved,
            int rejected,

            @Schema(description = "Absent where nothing was decided by people")
            Long medianSeconds) {
        static DecidedView of(ReviewOverview.Decided decided) {
            return new DecidedView(decided.from(), decided.approved(), decided.rejected(), seconds(decided.median()));
        }
    }

    @Schema(name = "ReviewKind")
    record KindView(
            String category,
            String environment,
            @Schema(description = "For a decision") int waiting,
            @Schema(description = "With changes requested") int changesRequested,
            @Schema(description = "In these weeks") int decided,

            @Schema(description = "Absent where nothing was decided by people")
            Long medianSeconds) {
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
