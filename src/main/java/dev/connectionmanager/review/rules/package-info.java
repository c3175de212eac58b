/**
 * What is judged about a request for production: which act its state allows to whom, what is ready, what is stale,
 * what is risky, what may be approved by rule. Pure; must not know how a request is stored or told of.
 */
package dev.connectionmanager.review.rules;
