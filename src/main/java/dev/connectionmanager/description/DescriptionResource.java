package dev.connectionmanager.description;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The description of the API for programs: YAML, or JSON where that is asked for. */
@Path("/q/openapi")
@PermitAll
@ApplicationScoped
class DescriptionResource {
    private final ApiDescription description;

    DescriptionResource(ApiDescription description) {
        this.description = description;
    }

    @GET
    public Response openapi(
            @QueryParam("format") @DefaultValue("") String format,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept) {
        var asJson = format.equalsIgnoreCase("json") || format.isEmpty() && accept.contains(MediaType.APPLICATION_JSON);
        return asJson
                ? Response.ok(description.json(), MediaType.APPLICATION_JSON).build()
                : Response.ok(description.yaml(), "application/yaml;charset=UTF-8")
                        .build();
    }
}
