package dev.connectionmanager.web.testuser;

import dev.connectionmanager.testuser.Authenticator;
import dev.connectionmanager.testuser.AuthenticatorChoice;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What to log in with in a test, by what is to be tested. For anybody. */
@Path("/environments/authenticators")
@Produces(MediaType.TEXT_HTML)
@PermitAll
class AuthenticatorPages {
    private static final String YES = "yes";
    private static final int HIGH = 3;

    @CheckedTemplate(basePath = "testUsers")
    static class Templates {
        static native TemplateInstance authenticators(ChoiceForm form);
    }

    /** @param level {@code 2} or {@code 3}; anything else = nothing was chosen yet */
    @GET
    public TemplateInstance choose(
            @QueryParam("level") String level,
            @QueryParam("hscn") String hscn,
            @QueryParam("remote") String remote,
            @QueryParam("several") String several) {
        var chosen = "2".equals(level) || "3".equals(level);
        return Templates.authenticators(new ChoiceForm(
                chosen,
                new AuthenticatorChoice(
                        "2".equals(level) ? 2 : HIGH, YES.equals(hscn), YES.equals(remote), YES.equals(several))));
    }

    /** @param chosen whether something was chosen */
    record ChoiceForm(boolean chosen, AuthenticatorChoice choice) {
        public boolean high() {
            return choice.level() == HIGH;
        }

        public boolean medium() {
            return !high();
        }

        public List<Advice> advice() {
            return choice.serving().stream().map(Advice::of).toList();
        }
    }

    /**
     * @param needs what must be there or be installed
     * @param get how one comes by it
     */
    record Advice(String name, int level, String needs, String get) {
        static Advice of(Authenticator authenticator) {
            return switch (authenticator) {
                case SMARTCARD_HSCN ->
                    new Advice(
                            "Smartcard over HSCN",
                            authenticator.level(),
                            "A card reader, the smartcard software of NHS England (Identity Agent, or CIS2 Smartcard Connect in its place), and a device on HSCN.",
                            "A card comes with the test user if you ask for one. It works in production as it does here: you need not test it.");
                case SMARTCARD_INTERNET ->
                    new Advice(
                            "Smartcard over the internet",
                            authenticator.level(),
                            "A card reader, a card of series 8 or 9, and CIS2 Smartcard Connect, which comes with NHS Credential Management.",
                            "A card comes with the test user if you ask for one.");
                case SECURITY_KEY ->
                    new Advice(
                            "Security key (FIDO2)",
                            authenticator.level(),
                            "A browser and a USB port or NFC; nothing is installed. One tester can have several keys.",
                            "You buy the key. It is then registered for the test user.");
                case WINDOWS_HELLO ->
                    new Advice(
                            "Windows Hello",
                            authenticator.level(),
                            "Windows 10 or later on a device with TPM 2.0, which one person uses; nothing is installed.",
                            "You have it if you have the device. It is then registered for the test user.");
                case IPAD ->
                    new Advice(
                            "iPad",
                            authenticator.level(),
                            "An iPad with a fingerprint reader and the NHS CIS2 app, which your organisation gets through Apple Business.",
                            "You buy the iPad. It is then registered for the test user.");
                case MICROSOFT_AUTHENTICATOR ->
                    new Advice(
                            "Microsoft Authenticator",
                            authenticator.level(),
                            "The app on a telephone. The tester types a user name, a password and a code of six digits.",
                            "The app costs nothing. It is then registered for the test user.");
                case NHSMAIL ->
                    new Advice(
                            "NHSmail",
                            authenticator.level(),
                            "An NHSmail account that is linked to the test user; nothing is installed.",
                            "Only who has an NHSmail account can use it.");
            };
        }
    }
}
