package dev.connectionmanager.api.connect;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.registration.token.ClientConfiguration;
import dev.connectionmanager.registration.token.ClientConfiguration.Replacement;
import dev.connectionmanager.registration.token.ClientRegistration;
import dev.connectionmanager.team.CurrentActor;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The client registration endpoint of RFC 7591 section 3 and the client configuration endpoints of RFC 7592 section 2. */
@Path("/connect/{environment}/register")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class ClientRegistrationResource {
    private static final String SCHEME = "Bearer ";

    private final Registrations registrations;
    private final ClientRegistration registration;
    private final ClientConfiguration configuration;
    private final ClientMessages messages;
    private final ConnectAddresses addresses;
    private final CurrentActor current;

    ClientRegistrationResource(
            Registrations registrations,
            ClientRegistration registration,
            ClientConfiguration configuration,
            ClientMessages messages,
            ConnectAddresses addresses,
            CurrentActor current) {
        this.registrations = registrations;
        this.registration = registration;
        this.configuration = configuration;
        this.messages = messages;
        this.addresses = addresses;
        this.current = current;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(
            @PathParam("environment") String environment,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        registrations.pathToLive(environment);
        var registrant = registration.registrant(environment, bearer(authorization));
        current.actsAs(registrant.actor());
        try {
            var registered = registration.register(registrant, environment, messages.create(body));
            var clientId = registered.result().registered().registration().clientId();
            return unkept(Response.Status.CREATED.getStatusCode())
                    .header(HttpHeaders.LOCATION, addresses.configuration(environment, clientId))
                    .entity(messages.answer(registered.result(), registered.token()))
                    .build();
        } catch (Refusal.Rejected rejected) {
            throw new Refusal.Rejected(named(rejected.violations()));
        }
    }

    /** Of the application this message has the category alone, by another name than elsewhere. */
    private static Violations named(Violations found) {
        return new Violations(found.all().stream()
                .map(finding -> finding.path().equals("category")
                        ? new Violation("application_category", finding.rule(), finding.arguments())
                        : finding)
                .toList());
    }

    @GET
    @Path("{client_id}")
    public Response read(
            @PathParam("environment") String environment,
            @PathParam("client_id") String clientId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        var token = bearer(authorization);
        return unkept(Response.Status.OK.getStatusCode())
                .entity(messages.answer(configuration.read(environment, clientId, token), token))
                .build();
    }

    @PUT
    @Path("{client_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(
            @PathParam("environment") String environment,
            @PathParam("client_id") String clientId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            byte[] body) {
        var replacement = new Replacement(
                body,
                registered -> {
                    current.actsAs(configuration.client(registered));
                    return messages.replace(body, registered);
                },
                (result, token) -> messages.answer(result, token).toString());
        return unkept(Response.Status.OK.getStatusCode())
                .entity(configuration.replace(environment, clientId, bearer(authorization), replacement))
                .build();
    }

    @DELETE
    @Path("{client_id}")
    public Response delete(
            @PathParam("environment") String environment,
            @PathParam("client_id") String clientId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        configuration.delete(environment, clientId, bearer(authorization));
        return unkept(Response.Status.NO_CONTENT.getStatusCode()).build();
    }

    /** Empty for none. */
    private static String bearer(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : "";
    }

    /** RFC 7591 section 3.2.1. */
    private static Response.ResponseBuilder unkept(int status) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }
}
