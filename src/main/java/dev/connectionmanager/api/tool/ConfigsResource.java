package dev.connectionmanager.api.tool;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Strings;
import dev.connectionmanager.api.common.JsonBody;
import dev.connectionmanager.api.common.ShownOnce;
import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.ClientChanges;
import dev.connectionmanager.registration.ConfigNames;
import dev.connectionmanager.registration.NewClients;
import dev.connectionmanager.registration.NewClients.NewClient;
import dev.connectionmanager.registration.RegistrationResult;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.wording.Finding;
import io.quarkus.security.Authenticated;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What a team has registered in the environment of the host that is asked, by name. */
@Path("/api/configs/{team_id}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
class ConfigsResource {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What an application says of itself that takes its name from its client, and all else by default. */
    private static final ApplicationCandidate NOTHING = new ApplicationCandidate(null, null, null, null, null, null);

    private final ConfigNames names;
    private final NewClients clients;
    private final ClientChanges changes;
    private final ToolEnvironments environments;
    private final Actor actor;
    private final RoutingContext connection;

    ConfigsResource(
            ConfigNames names,
            NewClients clients,
            ClientChanges changes,
            ToolEnvironments environments,
            Actor actor,
            RoutingContext connection) {
        this.names = names;
        this.clients = clients;
        this.changes = changes;
        this.environments = environments;
        this.actor = actor;
        this.connection = connection;
    }

    @GET
    public Configs all(@PathParam("team_id") UUID team) {
        return new Configs(names.all(actor, team, environment()));
    }

    @GET
    @Path("{config_name}")
    public Config one(@PathParam("team_id") UUID team, @PathParam("config_name") String name) {
        return Config.of(names.find(actor, team, environment(), name));
    }

    /** Makes an application for it too: the format knows clients only. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@PathParam("team_id") UUID team, byte[] body) {
        var sent = ToolConfig.read(JsonBody.object(body)).map(config -> client(config, NOTHING, Candidate.EMPTY));
        var result = placed(() -> clients.register(actor, team, environment(), sent, registered -> {}));
        var name = names.of(result.registered());
        return ShownOnce.created("/api/configs/" + team + "/" + name, answer(name, result));
    }

    @PUT
    @Path("{config_name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(
            @PathParam("team_id") UUID team,
            @PathParam("config_name") String name,
            @QueryParam("hash") String hash,
            byte[] body) {
        var current = names.findToChange(actor, team, environment(), name);
        requireHash(hash, current);
        var application = ApplicationCandidate.of(current.application().details());
        var sent = ToolConfig.read(JsonBody.object(body), current)
                .map(config -> client(config, application, current.metadata().asCandidate()));
        var result = placed(() -> changes.replace(actor, current, sent));
        var answer = Response.ok(answer(name, result));
        result.secret().ifPresent(secret -> answer.header(HttpHeaders.CACHE_CONTROL, "no-store"));
        return answer.build();
    }

    private static NewClient client(ToolConfig.Sent sent, ApplicationCandidate application, Candidate client) {
        return new NewClient(
                new ApplicationCandidate(
                        application.name(),
                        Strings.nullToEmpty(sent.description()),
                        application.category(),
                        application.applicationType(),
                        application.contacts(),
                        application.framework()),
                sent.over(client));
    }

    private static void requireHash(String sent, RegistrationSnapshot current) {
        if (sent == null) {
            throw new Refusal.PreconditionRequired("hash");
        }
        if (!sent.equals(ToolConfig.hash(current))) {
            throw new Refusal.Stale();
        }
    }

    private String environment() {
        return environments.of(connection);
    }

    /** Refuses at the places that were sent. */
    private static RegistrationResult placed(Supplier<RegistrationResult> act) {
        try {
            return act.get();
        } catch (Refusal.Rejected refused) {
            throw new Refusal.Rejected(ToolConfig.placed(refused.violations()));
        }
    }

    /** With the secret, where this act issued one: the only answer that shows it. */
    private static ObjectNode answer(String name, RegistrationResult result) {
        var json = JSON.createObjectNode().put("config_name", name);
        json.set("client_config", ToolConfig.of(result.registered()));
        json.put("hash", ToolConfig.hash(result.registered()));
        result.secret().ifPresent(issued -> json.put("client_secret", issued.secret()));
        if (!result.warnings().all().isEmpty()) {
            json.set("warnings", JSON.valueToTree(Finding.of(ToolConfig.placed(result.warnings()))));
        }
        return json;
    }

    record Configs(List<String> configs) {}

    record Config(ObjectNode clientConfig, String hash) {
        private static Config of(RegistrationSnapshot registered) {
            return new Config(ToolConfig.of(registered), ToolConfig.hash(registered));
        }
    }
}
