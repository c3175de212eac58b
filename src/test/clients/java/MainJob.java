import java.util.List;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.ApplicationsApi;
import org.openapitools.client.api.ClientSecretsApi;
import org.openapitools.client.api.RegistrationsApi;
import org.openapitools.client.model.ApplicationType;
import org.openapitools.client.model.Category;
import org.openapitools.client.model.NewApplication;
import org.openapitools.client.model.RegistrationBody;
import org.openapitools.client.model.Rotation;
import org.openapitools.client.model.TokenEndpointAuthMethod;

/** Registers an application and rotates its secret. Arguments: address of the portal, access token, Team ID. */
class MainJob {
    public static void main(String[] arguments) throws Exception {
        var portal = new ApiClient();
        portal.updateBaseUri(arguments[0]);
        portal.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        var application = new ApplicationsApi(portal).createApplication(UUID.fromString(arguments[2]),
                new NewApplication().name("By Java").category(Category.SUPPLIER).applicationType(ApplicationType.WEB), null);
        var client = new RegistrationsApi(portal).putRegistration(application.getId(), "integration",
                new RegistrationBody().redirectUris(List.of("https://java.supplier.co.uk/callback"))
                        .tokenEndpointAuthMethod(TokenEndpointAuthMethod.CLIENT_SECRET_BASIC), null, "*", null);
        var rotated = new ClientSecretsApi(portal).rotateSecret(
                application.getId(), "integration", UUID.randomUUID().toString(), new Rotation().overlapSeconds(3600));
        System.out.println(String.join(" ", application.getId().toString(), client.getClientId(),
                client.getClientSecret().toString(), rotated.getClientSecret().toString()));
    }
}
