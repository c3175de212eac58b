/**
 * Live checks: what a probe saw, judged. A probe looks and writes an observation; the rules read the observation and
 * nothing else, so that the same judgement serves a live endpoint, a nightly sweep and a table of test cases.
 *
 * <p>Knows URIs, certificates, keys and algorithms. Knows no registration, no team and no page; the rules and
 * observations touch no socket, no clock and no framework.
 */
package dev.connectionmanager.verification;
