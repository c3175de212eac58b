/**
 * Pages of the person: start, log-in and log-out, account, invitations, the mailbox of local mode.
 */
package dev.connectionmanager.web.account;
