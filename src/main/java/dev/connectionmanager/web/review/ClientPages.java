package dev.connectionmanager.web.review;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.registration.list.ClientSearch;
import dev.connectionmanager.registration.list.ClientSearch.Client;
import dev.connectionmanager.registration.list.ClientSearch.Order;
import dev.connectionmanager.registration.list.ClientSearch.State;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.web.layout.Cursors;
import dev.connectionmanager.web.layout.Labels;
import dev.connectionmanager.web.layout.Totals;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;

/** Where operators find a client, in whatever state, to suspend, resume or restore it. */
@Path("/review/clients")
@Produces(MediaType.TEXT_HTML)
@Authenticated
@RequestScoped
class ClientPages {
    private static final int PAGE = 25;

    private final ClientSearch clients;
    private final Environments environments;
    private final Actor actor;

    ClientPages(ClientSearch clients, Environments environments, Actor actor) {
        this.clients = clients;
        this.environments = environments;
        this.actor = actor;
    }

    @CheckedTemplate(basePath = "review")
    static class Templates {
        static native TemplateInstance clients(ClientsView view);
    }

    @GET
    public TemplateInstance find(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("environment") @DefaultValue("") String environment,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("cursor") String cursor) {
        var filter = filter(search, state, environment);
        return Templates.clients(new ClientsView(
                clients.page(actor, filter, Order.ofCode(sort), Cursors.position(cursor, Cursor::parseTimed), PAGE),
                Totals.said(clients.count(actor, filter)),
                environments.all().stream()
                        .filter(e -> e.kind() != EnvironmentKind.SELF_SERVICE)
                        .toList(),
                search,
                state,
                environment,
                Order.ofCode(sort),
                cursor != null));
    }

    /** What is not understood filters nothing. */
    static ClientSearch.Filter filter(String search, String state, String environment) {
        return new ClientSearch.Filter(
                search, State.ofCode(state).orElse(null), environment.isEmpty() ? null : environment);
    }

    /** @param later whether this is not the first page */
    record ClientsView(
            Page<Client> page,
            String total,
            List<Environment> environments,
            String search,
            String state,
            String environment,
            Order order,
            boolean later) {
        public boolean filtered() {
            return !search.isEmpty() || !state.isEmpty() || !environment.isEmpty();
        }

        public List<QueuePages.Option> states() {
            return QueuePages.Option.with(
                    "Any",
                    Stream.of(State.values())
                            .map(one -> new QueuePages.Option(
                                    one.code(),
                                    Labels.stateName(one),
                                    one.code().equals(state))));
        }

        public List<QueuePages.Option> orders() {
            var what = state.equals("deleted") ? "Deleted " : "Issued ";
            return List.of(
                    new QueuePages.Option(Order.LATEST.code(), what + "last", order == Order.LATEST),
                    new QueuePages.Option(Order.FIRST.code(), what + "first", order == Order.FIRST));
        }

        public List<QueuePages.Option> environmentOptions() {
            return QueuePages.Option.with(
                    "Any",
                    environments.stream()
                            .map(e -> new QueuePages.Option(e.id(), e.name(), e.id().equals(environment))));
        }

        public String environmentName(Client client) {
            var id = client.registration().environment();
            return environments.stream()
                    .filter(e -> e.id().equals(id))
                    .map(Environment::name)
                    .findFirst()
                    .orElse(id);
        }

        public String address(Client client) {
            return "/applications/" + client.application().id() + "/registrations/"
                    + client.registration().environment();
        }

        public String nextPage() {
            return "/review/clients" + query() + "&cursor=" + page.nextCursor();
        }

        /** For addresses of the same list; begins with {@code ?}. */
        public String query() {
            return "?search=" + Labels.encoded(search) + "&state=" + Labels.encoded(state) + "&environment="
                    + Labels.encoded(environment) + "&sort=" + order.code();
        }
    }
}
