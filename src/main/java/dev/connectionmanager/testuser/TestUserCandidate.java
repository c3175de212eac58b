package dev.connectionmanager.testuser;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * A test user, exactly as typed.
 *
 * @param environment where it belongs
 * @param uuid 12 digits
 * @param roles codes of national roles: {@code R8015}, or {@code S8001:G8005:R8015}
 * @param holder who in the team has it
 * @param authenticators codes of {@link Authenticator}
 */
@RecordBuilder
public record TestUserCandidate(
        String environment, String uuid, List<String> roles, String holder, List<String> authenticators)
        implements TestUserCandidateBuilder.With {}
