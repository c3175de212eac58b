/** The pages of a team's test users, of its requests for new ones, and of what to log in with. */
package dev.connectionmanager.web.testuser;
