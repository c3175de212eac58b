/**
 * Figures about clients, endpoints and acts, for operators to see how the service goes.
 *
 * <p>Reads only, and what it read is kept for some minutes. Must not know how figures are drawn.
 */
package dev.connectionmanager.review.statistics;
