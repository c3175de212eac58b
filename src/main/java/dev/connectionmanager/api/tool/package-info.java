/**
 * The wire format of the existing tool, which today's programs speak: log-in with a secret, configurations of a team by name. Reads
 * and writes its members and leaves all else to the acts; its sessions count here and nowhere else.
 */
package dev.connectionmanager.api.tool;
