/**
 * The reference of the API for people: pages made from its description. Must know nothing of the API that the description
 * does not say.
 */
package dev.connectionmanager.web.docs;
