const fence = '```'

/** The page of the design, word for word as its readers copy it. */
export const ordersPage = `---
integration: orders        # or a list
owner: team-payments
adopted: true              # without it nothing in the page is executed, and problems are warnings
---
# Orders and payments
## Scenario 1: An order is paid
**Problem**: A shop must know that an order is paid, even if its first call got lost.
**Solution**: Send the payment with an idempotency key; repeat it with the same key.

**Given** an open order, as \`writer\`
${fence}http
POST /orders
Content-Type: application/json

{ "sku": "A-1", "quantity": 2 }

HTTP 201
{ "id": "{{new order}}", "status": "open" }
${fence}
**Verification**
1. The order becomes paid
${fence}http
POST /orders/{{order}}/payments
Idempotency-Key: k-1

{ "card": "tok_ok" }

HTTP 201
{ "status": "paid", "paidAt": "{{any}}" }
${fence}
2. Exactly one payment is stored
${fence}sql
SELECT count(*) AS payments FROM payments WHERE order_id = {{order}}
${fence}
| payments |
|---|
| 1 |

**Troubleshooting**
#### Connection timeout
- **Symptoms**: step 1 answers \`504\` within \`3 s\`; the log says \`payments unreachable\`
- **Fault**: link \`payments\`, timeout · **Breaks**: step 1 · **Ends**: after \`200 ms\`
- **Solution**: Restart nothing; repeat step 1 with the same key. · **Recovers**: within \`2 s\`
- **Prevention**: with \`PAYMENTS_TIMEOUT_MS=20\`: step 1 answers \`504\` within \`1 s\`
#### Auth failure
- **Symptoms**: Everything answers 401
- **Solution**: Put in the new key.

**Rollback**: cancel the order
${fence}http
DELETE /orders/{{order}}

HTTP 204
${fence}
`

/** An adopted page of one integration with this text below its title. */
export const adopted = (text: string): string =>
  `---\nintegration: orders\nadopted: true\n---\n# Orders\n${text}`

/** A page with one scenario, whose Verification is this text. */
export const verifying = (text: string): string =>
  adopted(`## Scenario 1: One\n**Verification**\n\n${text}\n`)

/** A fence of Markdown. */
export const fenced = (language: string, ...lines: readonly string[]): string =>
  [`${fence}${language}`, ...lines, fence].join('\n')

/** The form that teams start from, shortened to what a reader may stumble over. */
export const formPage = `# Integration Guides

*Documentation for integrating various components and systems*

## Integration Patterns

### 1. Component Integration
- **Pattern**: [Describe integration pattern]
- **Testing**: How to verify integration

### 3. Database Integration
- **Connection**: Connection string format
- **Recovery**: Recovery procedures

## Common Integration Scenarios

### Scenario 1: [Name]
**Problem**: Description of integration challenge
**Solution**: Step-by-step solution
**Verification**: How to confirm success
**Troubleshooting**: Common issues

### Scenario 2: [Name]
**Problem**: Description of integration challenge
**Solution**: Step-by-step solution
**Verification**: How to confirm success
**Troubleshooting**: Common issues

## Integration Checklist
- [ ] Dependencies documented

## Troubleshooting Guide

### Common Issues
| Issue | Symptoms | Solution | Prevention |
|-------|----------|----------|------------|
| Connection timeout | Slow response | Check network | Add timeouts |

## Resources
- [Link to API documentation]
`
