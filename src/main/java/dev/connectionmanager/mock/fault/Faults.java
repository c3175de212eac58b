package dev.connectionmanager.mock.fault;

import dev.connectionmanager.mock.log.Exchange;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/** Where what shall go wrong goes wrong: every answer of every endpoint passes here. */
@Singleton
public class Faults {
    private final WantedFaults wanted;

    Faults(WantedFaults wanted) {
        this.wanted = wanted;
    }

    /**
     * Changes a draft as the faults have it that are wanted for this issuer and this log-in, and notes them.
     *
     * @param exchange which tells whose it is; of discovery and keys it has no client
     */
    public Draft act(Draft draft, Exchange exchange) {
        var faults = new ArrayList<Fault>();
        exchange.wanted()
                .flatMap(Fault::ofCode)
                .filter(fault -> fault.point() == draft.point())
                .ifPresent(faults::add);
        if (!exchange.issuer().isEmpty()) {
            faults.addAll(wanted.take(exchange.issuer(), draft.point()));
        }
        faults.forEach(fault -> {
            fault.act(draft);
            exchange.with(fault.code());
        });
        return draft;
    }
}
