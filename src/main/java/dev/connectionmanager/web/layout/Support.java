package dev.connectionmanager.web.layout;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the teams reach the operators, as the pages show it. */
@Named
@ApplicationScoped
public class Support {
    private final String address;

    Support(
            @ConfigProperty(name = "connection-manager.support-address") Optional<String> address,
            @ConfigProperty(name = "connection-manager.mail.operators") Optional<List<String>> operators) {
        this.address = address.or(() -> operators.flatMap(all -> all.stream().findFirst()))
                .orElse("");
    }

    /** An email address: the one for this, else the first that mails for operators go to; empty for none. */
    public String getAddress() {
        return address;
    }
}
