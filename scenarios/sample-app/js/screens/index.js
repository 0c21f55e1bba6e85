// All screens and their routes.

import { nearbyScreen, scanScreen } from '../asks.js';
import { policyScreen, termsScreen } from '../documents.js';
import { loginScreen, profileScreen, registerScreen } from './account.js';
import { identityScreen } from './identity.js';
import { addressScreen, addressesScreen } from './addresses.js';
import { categoryScreen, homeScreen, searchScreen } from './home.js';
import { helpScreen, feedbackScreen } from './help.js';
import { meScreen } from './me.js';
import { ordersScreen } from './orders.js';
import { cartScreen, checkoutScreen, productScreen } from './product.js';
import { aboutScreen, legalScreen, noticesScreen, paperScreen, settingsScreen } from './settings.js';
import { cancelScreen, privacyScreen, withdrawByMail } from './privacy.js';

export const routes = [
  ['/home', homeScreen],
  ['/category', categoryScreen],
  ['/category/:kind', categoryScreen],
  ['/search/:words', searchScreen],
  ['/product/:id', productScreen],
  ['/cart', cartScreen],
  ['/checkout', checkoutScreen],
  ['/me', meScreen],
  ['/login', loginScreen],
  ['/register', registerScreen],
  ['/profile', profileScreen],
  ['/addresses', addressesScreen],
  ['/addresses/:id', addressScreen],
  ['/orders', ordersScreen],
  ['/orders/:state', ordersScreen],
  ['/settings', settingsScreen],
  ['/notices', noticesScreen],
  ['/privacy', privacyScreen],
  ['/cancel', cancelScreen],
  ['/withdraw', withdrawByMail],
  ['/about', aboutScreen],
  ['/legal/:depth', legalScreen],
  ['/paper/:name', paperScreen],
  ['/help', helpScreen],
  ['/feedback', feedbackScreen],
  ['/identity', identityScreen],
  ['/scan', scanScreen],
  ['/nearby', nearbyScreen],
  ['/policy', policyScreen],
  ['/terms', termsScreen],
];
