/**
 * A small OpenID Provider, so that the portal can be tried and tested with real log-ins and no other service. It exists
 * in local mode only and talks to the portal the way any OpenID Provider does: over HTTP.
 *
 * <p>Knows nothing of teams or registrations, and nothing inside the portal trusts it more than a foreign one.
 */
package dev.connectionmanager.openid;
