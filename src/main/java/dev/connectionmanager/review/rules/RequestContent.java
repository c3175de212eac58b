package dev.connectionmanager.review.rules;

import dev.connectionmanager.metadata.Candidate;

/** What a request asks for. */
public record RequestContent(Candidate candidate, Answers answers) {
    public RequestContent with(Candidate other) {
        return new RequestContent(other, answers);
    }

    public RequestContent with(Answers other) {
        return new RequestContent(candidate, other);
    }
}
