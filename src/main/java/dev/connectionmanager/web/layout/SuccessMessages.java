package dev.connectionmanager.web.layout;

import java.util.Objects;

/** What was just done, as the page that follows says it. */
public final class SuccessMessages {
    private SuccessMessages() {}

    /** In words; {@code null} for anything that we did not send. */
    public static String said(String code) {
        return switch (Objects.requireNonNullElse(code, "")) {
            case "accepted" -> "The application belongs to your team now. The owners of both teams are told by email";
            case "answers-saved" -> "Your answers have been saved. Nothing is sent until you submit the request";
            case "application-added" -> "The application has been added";
            case "application-deleted" -> "The application has been deleted";
            case "commented" -> "Your comment has been added";
            case "credential-revoked" -> "The API credential has been revoked";
            case "declined" -> "You have declined the invitation";
            case "details-saved" -> "The details have been saved";
            case "draft-discarded" -> "The draft has been discarded";
            case "initial-access-token-ended" -> "The initial access token has been revoked";
            case "joined" -> "You are a member of this team now";
            case "key-set-deleted" -> "The key set has been deleted";
            case "key-set-made" -> "The key set is published";
            case "key-set-fetched" -> "The key set has been fetched: see below what was found";
            case "key-withdrawn" -> "The key has been withdrawn";
            case "keys-added" -> "The keys are published";
            case "local-addresses-saved" -> "The addresses have been saved";
            case "logout-token-sent" -> "The logout token has been sent: see below how it was taken";
            case "session-ended" -> "The session has ended: see below how the client took it";
            case "left" -> "You have left the team";
            case "nothing-changed" -> "You changed nothing, so nothing was saved. The registration is as it was";
            case "offer-withdrawn" -> "The offer is withdrawn. No email tells of that";
            case "registration-deleted" -> "The registration has been deleted";
            case "restored" -> "The registration is restored. The team is told by email";
            case "resumed" -> "The client is resumed. The team is told by email";
            case "suspended" -> "The client is suspended. The team is told by email";
            case "secret-revoked" -> "The client secret has been revoked";
            case "team-request-decided" -> "Your decision has been saved. The contact is told by email";
            case "test-user-added" -> "The test user is noted";
            case "test-user-added-oddly", "test-user-saved-oddly" ->
                "The test user is noted. Its UUID is unusual for Integration: check that it belongs there";
            case "test-user-removed" -> "The test user has been removed";
            case "test-user-saved" -> "The changes have been saved";
            case "test-users-asked" -> "The request is kept. Copy its text into the smartcard request";
            case "test-users-asked-by-mail" -> "The request has been sent";
            case "test-users-received" -> "It is noted that they have come";
            case "withdrawn" -> "The request has been withdrawn";
            default -> null;
        };
    }
}
