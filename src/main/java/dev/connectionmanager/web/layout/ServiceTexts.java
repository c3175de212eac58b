package dev.connectionmanager.web.layout;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What only those who run the portal can say of it. What is missing is left out of the pages, and told to the operators and in the log. */
@Named
@ApplicationScoped
public class ServiceTexts {
    private static final Logger LOG = Logger.getLogger(ServiceTexts.class);

    private final String organisation;
    private final String privacyContact;
    private final String lawfulBasis;
    private final String accessibilityTested;
    private final String securityContact;
    private final Optional<Instant> securityExpires;
    private final String feedback;
    private final Clock clock;

    /**
     * @param organisation who runs the portal, and is the controller of its personal data
     * @param privacyContact where people ask about their data
     * @param lawfulBasis of the processing, as in ‘public task’
     * @param accessibilityTested when it was last tested, and by whom
     * @param securityContact a URI for reports of vulnerabilities (RFC 9116 section 2.5.3)
     * @param securityExpires until when that holds (RFC 9116 section 2.5.5)
     * @param feedback where people say what they think of the service
     */
    ServiceTexts(
            @ConfigProperty(name = "connection-manager.service.organisation") Optional<String> organisation,
            @ConfigProperty(name = "connection-manager.service.privacy-contact") Optional<String> privacyContact,
            @ConfigProperty(name = "connection-manager.service.lawful-basis") Optional<String> lawfulBasis,
            @ConfigProperty(name = "connection-manager.service.accessibility-tested")
                    Optional<String> accessibilityTested,
            @ConfigProperty(name = "connection-manager.service.security-contact") Optional<String> securityContact,
            @ConfigProperty(name = "connection-manager.service.security-expires") Optional<Instant> securityExpires,
            @ConfigProperty(name = "connection-manager.service.feedback") Optional<String> feedback,
            Clock clock) {
        this.organisation = organisation.orElse("");
        this.privacyContact = privacyContact.orElse("");
        this.lawfulBasis = lawfulBasis.orElse("");
        this.accessibilityTested = accessibilityTested.orElse("");
        this.securityContact = securityContact.orElse("");
        this.securityExpires = securityExpires;
        this.feedback = feedback.orElse("");
        this.clock = clock;
    }

    void tell(@Observes StartupEvent start) {
        if (!getMissing().isEmpty()) {
            LOG.infof("Texts of the public pages are missing: %s", String.join(", ", getMissing()));
        }
    }

    public String getOrganisation() {
        return organisation;
    }

    public String getPrivacyContact() {
        return privacyContact;
    }

    public String getLawfulBasis() {
        return lawfulBasis;
    }

    public String getAccessibilityTested() {
        return accessibilityTested;
    }

    public String getFeedback() {
        return feedback;
    }

    /** The security contact as long as it holds. */
    public Optional<String> securityContact() {
        return securityExpires
                .filter(end -> end.isAfter(clock.instant()))
                .map(end -> securityContact)
                .filter(contact -> !contact.isEmpty());
    }

    /** Until when the security contact holds. */
    public Optional<Instant> securityExpires() {
        return securityExpires;
    }

    /** The settings of what is missing. */
    public List<String> getMissing() {
        var missing = new ArrayList<String>();
        note(missing, organisation, "ORGANISATION");
        note(missing, privacyContact, "PRIVACY_CONTACT");
        note(missing, lawfulBasis, "LAWFUL_BASIS");
        note(missing, accessibilityTested, "ACCESSIBILITY_TESTED");
        note(missing, securityContact, "SECURITY_CONTACT");
        note(missing, securityContact().orElse(""), "SECURITY_EXPIRES");
        note(missing, feedback, "FEEDBACK");
        return missing;
    }

    private static void note(List<String> missing, String text, String setting) {
        if (text.isEmpty()) {
            missing.add("CONNECTION_MANAGER_SERVICE_" + setting);
        }
    }
}
