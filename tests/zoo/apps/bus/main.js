import { mount } from 'svelte';
import Bus from './Bus.svelte';

mount(Bus, { target: document.body });
