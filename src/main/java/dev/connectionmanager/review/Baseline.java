package dev.connectionmanager.review;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.registration.RegistrationSnapshot;
import java.util.Optional;

/**
 * What a request is compared with.
 *
 * @param environment where it is registered; {@code null} = there is nothing to compare with
 * @param candidate its metadata; {@link Candidate#EMPTY} then
 */
public record Baseline(String environment, Candidate candidate) {

    public static Baseline with(Optional<RegistrationSnapshot> registered) {
        return registered
                .map(found -> new Baseline(
                        found.registration().environment(), found.metadata().asCandidate()))
                .orElse(new Baseline(null, Candidate.EMPTY));
    }

    /** Whether it is registered in this environment. */
    public boolean in(String id) {
        return id.equals(environment);
    }
}
