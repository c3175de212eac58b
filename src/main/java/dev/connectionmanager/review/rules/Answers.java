package dev.connectionmanager.review.rules;

/**
 * What a team says beside the client metadata, as typed. {@code null} = not given.
 *
 * @param note what the operators should know
 * @param conformanceReference of the conformance certificate or statement
 * @param connectionAgreementReference of the signed connection agreement
 * @param privateKeyJwtPlannedFor by when a client with a secret moves to private key JWT, as a date: {@code 2027-03-31}
 */
public record Answers(
        String note, String conformanceReference, String connectionAgreementReference, String privateKeyJwtPlannedFor) {
    public static final Answers NONE = new Answers(null, null, null, null);
}
