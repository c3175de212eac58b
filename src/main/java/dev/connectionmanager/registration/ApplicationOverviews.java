package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Category;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Applications with what each has registered and half finished. */
@ApplicationScoped
public class ApplicationOverviews {
    private final Applications applications;
    private final Stores.RegistrationStore registrations;
    private final Stores.DraftStore drafts;

    ApplicationOverviews(Applications applications, Stores.RegistrationStore registrations, Stores.DraftStore drafts) {
        this.applications = applications;
        this.registrations = registrations;
        this.drafts = drafts;
    }

    /** An application with its registrations and drafts, for lists and the application's own page. */
    public record Overview(Application application, List<Registration> registrations, List<Draft> drafts) {}

    /** One page of a team's applications: see {@link Applications#page}. */
    public Page<Overview> page(Actor actor, UUID teamId, String search, Category category, Cursor after, int limit) {
        var page = applications.page(actor, teamId, search, category, after, limit);
        return new Page<>(of(page.items()), page.nextCursor());
    }

    /** How many there are on all pages: see {@link Applications#count}. */
    public long count(Actor actor, UUID teamId, String search, Category category) {
        return applications.count(actor, teamId, search, category);
    }

    public Overview find(Actor actor, UUID applicationId) {
        return of(List.of(applications.find(actor, applicationId))).get(0);
    }

    private List<Overview> of(List<Application> applications) {
        var ids = applications.stream().map(Application::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        var registered =
                registrations.existing(ids).stream().collect(Collectors.groupingBy(Registration::applicationId));
        var drafted = drafts.of(ids).stream().collect(Collectors.groupingBy(Draft::applicationId));
        return applications.stream()
                .map(application -> new Overview(
                        application,
                        registered.getOrDefault(application.id(), List.of()),
                        drafted.getOrDefault(application.id(), List.of())))
                .toList();
    }
}
