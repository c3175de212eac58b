package dev.connectionmanager.mail;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where letters are posted. */
@ApplicationScoped
public class Outbox {
    private final Store store;
    private final Clock clock;
    private final List<String> operators;

    Outbox(
            Store store,
            Clock clock,
            @ConfigProperty(name = "connection-manager.mail.operators") List<String> operators) {
        this.store = store;
        this.clock = clock;
        this.operators = operators;
    }

    /**
     * Posts a letter in the caller's transaction: it is sent when that commits, and never when it rolls back.
     *
     * @param recipients e-mail addresses; each gets a mail of its own, once
     */
    public void post(Letter letter, Collection<String> recipients) {
        recipients.stream()
                .distinct()
                .forEach(recipient -> store.persist(new Mail(letter, recipient, clock.instant())));
    }

    /** The same, to the mailbox that the operators share. */
    public void postToOperators(Letter letter) {
        post(letter, operators);
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<Mail, UUID> {}
}
