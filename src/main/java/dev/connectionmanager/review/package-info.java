/**
 * Requests for production: gathered by teams, judged by rules and live checks, decided by operators. The state machine is
 * {@link dev.connectionmanager.review.rules.TransitionRules}; the acts are on {@code Requests} (the team's) and {@code Reviews}
 * (the operators'). What is approved is issued through {@code registration}, in the transaction of the decision.
 *
 * <p>Must not know how it was asked (form, JSON) nor how a finding is worded.
 */
package dev.connectionmanager.review;
